import { createDynamoTable } from '../aws/dynamo-table.ts';
import { createRuntime, processEnvironment } from '../aws/runtime.ts';
import { usersEnvironment } from './environment.ts';

export const runtime = createRuntime();

export const users = {
  table: createDynamoTable(processEnvironment(usersEnvironment)),
  clock: runtime.clock,
  ids: runtime.ids,
};
