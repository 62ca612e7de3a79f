import { createDynamoTable } from '../adapters/aws/dynamo-table.ts';
import { createRuntime, processEnvironment } from '../adapters/runtime.ts';
import { usersEnvironment } from './environment.ts';

export { wireRelay } from '../adapters/relay-ports.ts';

export const runtime = createRuntime();

export const wireUsers = () => ({
  table: createDynamoTable(processEnvironment(usersEnvironment)),
  clock: runtime.clock,
  ids: runtime.ids,
});
