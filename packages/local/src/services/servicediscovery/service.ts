import type { EmulatedService } from '../../core/emulated-service.ts';
import { isObject } from '../../core/json.ts';
import type { World } from '../../core/world.ts';
import { jsonProtocol, operationOfTarget } from '../../http/json-protocol.ts';
import { cloudMapOperations } from './operations/cloud-map.ts';
import { cloudMapResourceTypes } from './resources.ts';
import { createDirectory } from './state/directory.ts';
import { createHealthUpdates } from './state/health-updates.ts';

/** AWS Cloud Map: HTTP namespaces with custom health. */
export const createServiceDiscoveryService = (world: World): EmulatedService => {
  const directory = createDirectory();
  const operations = cloudMapOperations(world, directory, createHealthUpdates(world, directory));
  return {
    signingName: 'servicediscovery',
    describe: (request) => {
      const input: unknown = JSON.parse(request.body.toString('utf8'));
      const resource = isObject(input) ? (input.ServiceName ?? input.ServiceId ?? input.Id) : undefined;
      return {
        operation: operationOfTarget(request),
        ...(typeof resource === 'string' && { resource }),
      };
    },
    handle: jsonProtocol('1.1', operations),
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
