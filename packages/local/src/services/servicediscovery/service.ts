import type { EmulatedService } from '../../core/emulated-service.ts';
import type { World } from '../../core/world.ts';
import { jsonProtocol } from '../../http/json-protocol.ts';
import { cloudMapOperations } from './operations/cloud-map.ts';
import { cloudMapResourceTypes } from './resources.ts';
import { createDirectory } from './state/directory.ts';
import { createHealthUpdates } from './state/health-updates.ts';

/** AWS Cloud Map: HTTP namespaces with custom health. */
export const createServiceDiscoveryService = (world: World): EmulatedService => {
  const directory = createDirectory();
  return {
    signingName: 'servicediscovery',
    handle: jsonProtocol({
      version: '1.1',
      operations: cloudMapOperations(world, directory, createHealthUpdates(world, directory)),
      resourceOf: ({ ServiceName, ServiceId, Id }) => ServiceName ?? ServiceId ?? Id,
    }),
    resourceTypes: cloudMapResourceTypes(world, directory),
    inspect: () =>
      directory.services().map((service) => ({
        namespace: service.namespace.name,
        service: service.name,
        id: service.id,
        customHealth: service.customHealth,
        revision: service.revision,
        instances: [...service.instances.values()].map(({ id, attributes, health }) => ({
          id,
          attributes,
          health: service.customHealth ? health : 'UNKNOWN',
        })),
      })),
  };
};
