import { createCommandQueues } from '../aws/command-queues.ts';
import { createDynamoTable } from '../aws/dynamo-table.ts';
import { createEventBus } from '../aws/event-bus.ts';
import { createRuntime, processEnvironment } from '../aws/runtime.ts';
import { createCursors } from '../kernel/cursor.ts';
import { baseEnvironment } from '../kernel/environment.ts';
import { catalogEnvironment } from './environment.ts';

export const runtime = createRuntime();

export const wireCatalog = () => ({
  table: createDynamoTable(processEnvironment(catalogEnvironment)),
  clock: runtime.clock,
  ids: runtime.ids,
});

export const wireCursors = () => createCursors(runtime.hash);

/** The bus has the prefix as its name. */
export const wireRelay = () => {
  const { prefix, service } = processEnvironment(baseEnvironment);
  return { bus: createEventBus({ busName: prefix, source: service }), queues: createCommandQueues({ prefix }) };
};
