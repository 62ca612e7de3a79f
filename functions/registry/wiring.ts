import { createCloudMapRegistry } from '../adapters/aws/cloud-map-registry.ts';
import { createDynamoTable } from '../adapters/aws/dynamo-table.ts';
import { createRuntime, processEnvironment } from '../adapters/runtime.ts';
import { baseEnvironment } from '../kernel/values/environment.ts';
import { allowedHostsEnvironment, registryEnvironment } from './environment.ts';

export { wireRelay } from '../adapters/relay-ports.ts';

export const runtime = createRuntime();

/** The Cloud Map namespace has the prefix as its name. */
export const wireRegistry = () => ({
  table: createDynamoTable(processEnvironment(registryEnvironment)),
  serviceRegistry: createCloudMapRegistry({ namespace: processEnvironment(baseEnvironment).prefix }),
  clock: runtime.clock,
  ids: runtime.ids,
});

export const wireAllowedHosts = () => new RegExp(processEnvironment(allowedHostsEnvironment).allowedHosts, 'u');
