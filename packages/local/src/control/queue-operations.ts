import { counted } from '../delivery/record-failure.ts';
import { type ControlOperation, ControlRefusal } from './control-operation.ts';
import { queuesOperation } from './inspect-operations.ts';

/** Looks at queues, and sends what a dead-letter queue holds back to where it was meant for. */
export const queuesOperations: readonly ControlOperation[] = [
  queuesOperation,
  {
    method: 'GET',
    argument: 'queue',
    action: 'messages',
    run: ({ world }, _body, name) => ({ body: { messages: world.need('queueDesk').messages(name) } }),
  },
  {
    method: 'POST',
    argument: 'queue',
    action: 'redrive',
    run: async ({ world }, body, name) => {
      if (Object.keys(body).length > 0) throw new ControlRefusal(400, 'a redrive takes no body');
      const { moved, left } = await world.need('queueDesk').redrive(name);
      const lines = [
        `${counted(moved, 'message')} of ${name} sent back`,
        ...left.map(({ messageId, reason }) => `left: ${messageId}, ${reason}`),
      ];
      return { body: { moved, left, report: lines.join('\n') } };
    },
  },
];
