import { createDynamoTable } from '../aws/dynamo-table.ts';
import { createRuntime, processEnvironment } from '../aws/runtime.ts';
import { createCursors } from '../kernel/cursor.ts';
import { catalogEnvironment } from './environment.ts';

export { createRelayPorts as wireRelay } from '../aws/relay-ports.ts';

export const runtime = createRuntime();

export const wireCatalog = () => ({
  table: createDynamoTable(processEnvironment(catalogEnvironment)),
  clock: runtime.clock,
  ids: runtime.ids,
});

export const wireCursors = () => createCursors(runtime.hash);
