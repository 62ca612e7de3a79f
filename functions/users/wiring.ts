import { createDynamoTable } from '../aws/dynamo-table.ts';
import { createRuntime, processEnvironment } from '../aws/runtime.ts';
import { usersEnvironment } from './environment.ts';

export { createRelayPorts as wireRelay } from '../aws/relay-ports.ts';

export const runtime = createRuntime();

export const wireUsers = () => ({
  table: createDynamoTable(processEnvironment(usersEnvironment)),
  clock: runtime.clock,
  ids: runtime.ids,
});
