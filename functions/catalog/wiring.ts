import { createDynamoTable } from '../aws/dynamo-table.ts';
import { createRuntime, processEnvironment } from '../aws/runtime.ts';
import { catalogEnvironment } from './environment.ts';

export const runtime = createRuntime();

export const catalog = {
  table: createDynamoTable(processEnvironment(catalogEnvironment)),
  clock: runtime.clock,
  ids: runtime.ids,
};
