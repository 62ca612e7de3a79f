import { baseEnvironment } from '../kernel/values/environment.ts';
import { outboxEnvironment } from '../kernel/values/outbox-environment.ts';
import { createCommandQueues } from './aws/command-queues.ts';
import { createDynamoTable, createLeavingRows } from './aws/dynamo-table.ts';
import { createEventBus } from './aws/event-bus.ts';
import { processEnvironment } from './runtime.ts';

/** Where a service's outbox goes: the bus, which has the prefix as its name, and the command queues of that prefix. */
export const wireRelay = () => {
  const { prefix, service } = processEnvironment(baseEnvironment);
  const { outboxTableName } = processEnvironment(outboxEnvironment);
  return {
    bus: createEventBus({ busName: prefix, source: service }),
    queues: createCommandQueues({ prefix }),
    table: createDynamoTable({ tableName: outboxTableName }),
    tableName: outboxTableName,
    leaving: createLeavingRows({ tableName: outboxTableName }),
  };
};
