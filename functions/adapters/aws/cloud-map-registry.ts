import {
  DeregisterInstanceCommand,
  DiscoverInstancesCommand,
  InstanceNotFound,
  paginateListNamespaces,
  paginateListServices,
  RegisterInstanceCommand,
  type ServiceDiscoveryClient,
  ServiceNotFound,
  UpdateInstanceCustomHealthStatusCommand,
} from '@aws-sdk/client-servicediscovery';
import type { RegisteredInstance, ServiceRegistry } from '../../kernel/calls/service-registry.ts';
import { loadOnce } from '../../kernel/values/load-once.ts';
import { callAws } from './aws-failure.ts';
import { createCloudMapClient } from './cloud-map-lookup.ts';

/** What DiscoverInstances answers at most. */
const MOST_INSTANCES = 1_000;

const addressOf = (attributes: Readonly<Record<string, string>>): { readonly host: string; readonly port: number } => {
  const { url, host = '', port = '0' } = attributes;
  if (url === undefined) return { host, port: Number(port) };
  const { hostname, port: explicit, protocol } = new URL(url);
  return { host: hostname, port: Number(explicit) || (protocol === 'https:' ? 443 : 80) };
};

/**
 * A namespace and its services are entered by deployments; their ids have no name that a template could know, so they are
 * looked up once per execution environment.
 */
const createServiceIds = (client: ServiceDiscoveryClient, namespace: string) => {
  const known = new Map<string, string>();

  const namespaceId = loadOnce(async (): Promise<string> => {
    const filter = { Name: 'NAME' as const, Values: [namespace], Condition: 'EQ' as const };
    for await (const { Namespaces = [] } of paginateListNamespaces({ client }, { Filters: [filter] })) {
      const id = Namespaces.find(({ Name }) => Name === namespace)?.Id;
      if (id !== undefined) return id;
    }
    throw new Error(`Cloud Map has no namespace ${namespace}`);
  });

  const load = async (): Promise<ReadonlyMap<string, string>> => {
    const filter = { Name: 'NAMESPACE_ID' as const, Values: [await namespaceId()], Condition: 'EQ' as const };
    for await (const { Services = [] } of paginateListServices({ client }, { Filters: [filter] })) {
      for (const { Name, Id } of Services) if (Name !== undefined && Id !== undefined) known.set(Name, Id);
    }
    return known;
  };

  return {
    names: async (): Promise<readonly string[]> => [...(await load()).keys()].sort(),
    idOf: async (service: string): Promise<string> => {
      const id = known.get(service) ?? (await load()).get(service);
      if (id === undefined) throw new Error(`Cloud Map namespace ${namespace} has no service ${service}`);
      return id;
    },
  };
};

/** Healthy and unhealthy instances; undefined when no such service is entered. */
const discover = async (
  client: ServiceDiscoveryClient,
  namespace: string,
  service: string,
): Promise<readonly RegisteredInstance[] | undefined> => {
  const query = { NamespaceName: namespace, ServiceName: service, MaxResults: MOST_INSTANCES };
  try {
    const { Instances = [] } = await client.send(new DiscoverInstancesCommand({ ...query, HealthStatus: 'ALL' }));
    return Instances.map(({ InstanceId = '', HealthStatus, Attributes = {} }) => ({
      id: InstanceId,
      service,
      ...addressOf(Attributes),
      healthy: HealthStatus !== 'UNHEALTHY',
      origin: Attributes.origin === 'deploy' ? 'deploy' : 'lease',
    }));
  } catch (thrown) {
    if (thrown instanceof ServiceNotFound) return undefined;
    throw thrown;
  }
};

/** Instances in AWS Cloud Map. */
export const createCloudMapRegistry = ({ namespace }: { readonly namespace: string }): ServiceRegistry => {
  const client = createCloudMapClient();
  const { names, idOf } = createServiceIds(client, namespace);
  const call = <T>(run: () => Promise<T>) => callAws('service directory', run);
  return {
    services: () => call(names),
    instances: (service) => call(() => discover(client, namespace, service)),
    register: ({ service, id, host, port }) =>
      call(async () => {
        const Attributes = { host, port: String(port), origin: 'lease' };
        const input = { ServiceId: await idOf(service), InstanceId: id, Attributes };
        await client.send(new RegisterInstanceCommand(input));
      }),
    deregister: (service, id) =>
      call(async () => {
        try {
          const input = { ServiceId: await idOf(service), InstanceId: id };
          await client.send(new DeregisterInstanceCommand(input));
        } catch (thrown) {
          if (!(thrown instanceof InstanceNotFound)) throw thrown;
        }
      }),
    setHealth: (service, id, healthy) =>
      call(async () => {
        const Status = healthy ? ('HEALTHY' as const) : ('UNHEALTHY' as const);
        const input = { ServiceId: await idOf(service), InstanceId: id, Status };
        await client.send(new UpdateInstanceCustomHealthStatusCommand(input));
      }),
  };
};
