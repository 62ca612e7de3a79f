import { createDynamoTable } from '../adapters/aws/dynamo-table.ts';
import { createRuntime, processEnvironment } from '../adapters/runtime.ts';
import { createCursors } from '../kernel/values/cursor.ts';
import { catalogEnvironment } from './environment.ts';

export { wireRelay } from '../adapters/relay-ports.ts';

export const runtime = createRuntime();

export const wireCatalog = () => ({
  table: createDynamoTable(processEnvironment(catalogEnvironment)),
  clock: runtime.clock,
  ids: runtime.ids,
});

export const wireCursors = () => createCursors(runtime.hash);
