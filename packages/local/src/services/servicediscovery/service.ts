import type { EmulatedService } from '../../core/emulated-service.ts';
import type { World } from '../../core/world.ts';
import { jsonProtocol } from '../../http/json-protocol.ts';
import { createPrivateNames } from './dns/private-names.ts';
import { cloudMapActs } from './operations/acts.ts';
import { cloudMapOperations } from './operations/cloud-map.ts';
import { cloudMapResourceTypes } from './resources.ts';
import { createDirectory } from './state/directory.ts';
import { createHealthUpdates } from './state/health-updates.ts';
import { createRegistry } from './state/registry.ts';

/** AWS Cloud Map: namespaces with custom health, found by calls and, the private ones, by DNS. */
export const createServiceDiscoveryService = (world: World): EmulatedService => {
  const directory = createDirectory();
  world.provide('registry', createRegistry(directory));
  world.provide('names', createPrivateNames(world, directory));
  return {
    signingName: 'servicediscovery',
    handle: jsonProtocol({
      version: '1.1',
      operations: cloudMapOperations(world, directory, createHealthUpdates(world, directory)),
      resourceOf: ({ ServiceName, ServiceId, Id }) => ServiceName ?? ServiceId ?? Id,
      authorize: (operation, input, caller) =>
        world.access.demand(caller, () => cloudMapActs(world, directory, operation, input)),
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
