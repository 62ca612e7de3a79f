import {
  DeregisterInstanceCommand,
  DiscoverInstancesCommand,
  InstanceNotFound,
  ListNamespacesCommand,
  ListServicesCommand,
  RegisterInstanceCommand,
  ServiceDiscoveryClient,
  ServiceNotFound,
  UpdateInstanceCustomHealthStatusCommand,
} from '@aws-sdk/client-servicediscovery';
import type { RegisteredInstance, ServiceRegistry } from '../../kernel/calls/service-registry.ts';
import { callAws } from './aws-failure.ts';
import { clientSettings } from './client-settings.ts';

/** What DiscoverInstances answers at most. */
const MOST_INSTANCES = 1_000;

const addressOf = (attributes: Readonly<Record<string, string>>): { readonly host: string; readonly port: number } => {
  const { url, host = '', port = '0' } = attributes;
  if (url === undefined) return { host, port: Number(port) };
  const { hostname, port: explicit, protocol } = new URL(url);
  return { host: hostname, port: Number(explicit) || (protocol === 'https:' ? 443 : 80) };
};

/**
 * Instances in AWS Cloud Map. A namespace and its services are entered by deployments; their ids have no name that a
 * template could know, so they are looked up once per execution environment.
 */
export const createCloudMapRegistry = ({ namespace }: { readonly namespace: string }): ServiceRegistry => {
  // The SDK would put `data-` before a custom endpoint's host.
  const disableHostPrefix = process.env.AWS_ENDPOINT_URL !== undefined;
  const client = new ServiceDiscoveryClient({ ...clientSettings, disableHostPrefix });
  const call = <T>(run: () => Promise<T>) => callAws('service directory', run);
  let namespaceId: Promise<string> | undefined;
  const serviceIds = new Map<string, string>();

  const findNamespace = async (): Promise<string> => {
    const { Namespaces = [] } = await client.send(new ListNamespacesCommand({}));
    const id = Namespaces.find(({ Name }) => Name === namespace)?.Id;
    if (id === undefined) throw new Error(`Cloud Map has no namespace ${namespace}`);
    return id;
  };

  const loadServices = async (): Promise<void> => {
    namespaceId ??= findNamespace();
    const filter = { Name: 'NAMESPACE_ID' as const, Values: [await namespaceId], Condition: 'EQ' as const };
    const { Services = [] } = await client.send(new ListServicesCommand({ Filters: [filter], MaxResults: 100 }));
    for (const { Name, Id } of Services) if (Name !== undefined && Id !== undefined) serviceIds.set(Name, Id);
  };

  const serviceId = async (service: string): Promise<string> => {
    if (!serviceIds.has(service)) await loadServices();
    const id = serviceIds.get(service);
    if (id === undefined) throw new Error(`Cloud Map namespace ${namespace} has no service ${service}`);
    return id;
  };

  const discover = async (service: string): Promise<readonly RegisteredInstance[] | undefined> => {
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

  return {
    services: () =>
      call(async () => {
        await loadServices();
        return [...serviceIds.keys()].sort();
      }),
    instances: (service) => call(() => discover(service)),
    register: ({ service, id, host, port }) =>
      call(async () => {
        const Attributes = { host, port: String(port), origin: 'lease' };
        const input = { ServiceId: await serviceId(service), InstanceId: id, Attributes };
        await client.send(new RegisterInstanceCommand(input));
      }),
    deregister: (service, id) =>
      call(async () => {
        try {
          const input = { ServiceId: await serviceId(service), InstanceId: id };
          await client.send(new DeregisterInstanceCommand(input));
        } catch (thrown) {
          if (!(thrown instanceof InstanceNotFound)) throw thrown;
        }
      }),
    setHealth: (service, id, healthy) =>
      call(async () => {
        const Status = healthy ? ('HEALTHY' as const) : ('UNHEALTHY' as const);
        const input = { ServiceId: await serviceId(service), InstanceId: id, Status };
        await client.send(new UpdateInstanceCustomHealthStatusCommand(input));
      }),
  };
};
