import type { ControlOperation } from './control-operation.ts';

/** What the queue service shows of its queues. */
export const queuesOperation: ControlOperation = {
  method: 'GET',
  run: ({ services }) => ({
    body: services.find(({ signingName }) => signingName === 'sqs')?.inspect?.() ?? [],
  }),
};

/** Every resource that exists here, and everything templates say that has no effect here. */
export const resourcesOperation: ControlOperation = {
  method: 'GET',
  run: ({ resources, coverage }) => ({
    body: {
      resources: resources.map(({ stack, logicalId, type, identity }) => ({
        stack,
        logicalId,
        type,
        ref: identity?.ref,
      })),
      coverage,
    },
  }),
};
