import type { EmulatedService } from '../../src/core/emulated-service.ts';
import type { Json } from '../../src/core/json.ts';
import { jsonProtocol } from '../../src/http/json-protocol.ts';
import type { CreateServices } from '../../src/runtime/services.ts';

export interface FakeThings {
  readonly services: CreateServices;
  /** What happened, in order: `bind A`, `create A`, `start`. */
  readonly happened: string[];
}

/** One service with one resource type, `Test::Thing`, that notes what the runtime does with it; it speaks as SQS does. */
export const fakeThings = (answer: Json = {}): FakeThings => {
  const happened: string[] = [];
  const service: EmulatedService = {
    signingName: 'sqs',
    handle: jsonProtocol({
      version: '1.0',
      operations: { ListQueues: () => answer },
      resourceOf: () => 'a-queue',
    }),
    resourceTypes: [
      {
        type: 'Test::Thing',
        honoured: ['Name', 'Uses'],
        notEmulated: { Colour: 'nobody sees it' },
        bind: async (_stack, logicalId) => {
          happened.push(`bind ${logicalId}`);
        },
        identify: ({ logicalId }) => ({ ref: logicalId.toLowerCase(), attributes: {} }),
        create: ({ logicalId }) => {
          happened.push(`create ${logicalId}`);
        },
      },
    ],
    start: () => {
      happened.push('start');
    },
  };
  return { services: () => [service], happened };
};
