import { createCloudMapDirectory } from '../aws/cloud-map-directory.ts';
import { createCommandQueues } from '../aws/command-queues.ts';
import { createDynamoTable } from '../aws/dynamo-table.ts';
import { createEventBus } from '../aws/event-bus.ts';
import { createRuntime, processEnvironment } from '../aws/runtime.ts';
import { baseEnvironment } from '../kernel/environment.ts';
import { allowedHostsEnvironment, registryEnvironment } from './environment.ts';

export const runtime = createRuntime();

/** The Cloud Map namespace has the prefix as its name. */
export const wireRegistry = () => ({
  table: createDynamoTable(processEnvironment(registryEnvironment)),
  directory: createCloudMapDirectory({ namespace: processEnvironment(baseEnvironment).prefix }),
  clock: runtime.clock,
  ids: runtime.ids,
});

export const wireAllowedHosts = () => new RegExp(processEnvironment(allowedHostsEnvironment).allowedHosts, 'u');

/** The bus has the prefix as its name. */
export const wireRelay = () => {
  const { prefix, service } = processEnvironment(baseEnvironment);
  return { bus: createEventBus({ busName: prefix, source: service }), queues: createCommandQueues({ prefix }) };
};
