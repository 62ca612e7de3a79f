import { createCloudMapDirectory } from '../aws/cloud-map-directory.ts';
import { createDynamoTable } from '../aws/dynamo-table.ts';
import { createRuntime, processEnvironment } from '../aws/runtime.ts';
import { baseEnvironment } from '../kernel/environment.ts';
import { registryEnvironment } from './environment.ts';

export const runtime = createRuntime();

const { prefix } = processEnvironment(baseEnvironment);
const environment = processEnvironment(registryEnvironment);

export const allowedHosts = new RegExp(environment.allowedHosts, 'u');

export const registry = {
  table: createDynamoTable(environment),
  /** The namespace has the prefix as its name. */
  directory: createCloudMapDirectory({ namespace: prefix }),
  clock: runtime.clock,
  ids: runtime.ids,
};
