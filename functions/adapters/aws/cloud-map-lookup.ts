import { DiscoverInstancesCommand, ServiceDiscoveryClient, ServiceNotFound } from '@aws-sdk/client-servicediscovery';
import type { ServiceInstance, ServiceLookup } from '../../kernel/calls/service-lookup.ts';
import { callAws } from './aws-failure.ts';
import { clientSettings } from './client-settings.ts';

/** The SDK would put `data-` before a custom endpoint's host. */
export const createCloudMapClient = () =>
  new ServiceDiscoveryClient({ ...clientSettings, disableHostPrefix: process.env.AWS_ENDPOINT_URL !== undefined });

/** Cloud Map answers with 100 instances at random: however many leases there are, none takes the place of what is called. */
const DEPLOYED = { origin: 'deploy' };

/** What deployments registered in AWS Cloud Map. Not `HEALTHY_OR_ELSE_ALL`: that fails open to unhealthy ones. */
export const createCloudMapLookup = ({
  namespace,
  client = createCloudMapClient(),
}: {
  readonly namespace: string;
  readonly client?: ServiceDiscoveryClient;
}): ServiceLookup => ({
  instances: (service) =>
    callAws('service directory', async () => {
      const query = { NamespaceName: namespace, ServiceName: service, QueryParameters: DEPLOYED };
      try {
        const { Instances = [] } = await client.send(
          new DiscoverInstancesCommand({ ...query, HealthStatus: 'HEALTHY' }),
        );
        return Instances.flatMap(({ InstanceId = '', Attributes = {} }): ServiceInstance[] => {
          const { url, origin = '' } = Attributes;
          return url === undefined ? [] : [{ id: InstanceId, url: url.replace(/\/$/, ''), origin }];
        });
      } catch (thrown) {
        if (thrown instanceof ServiceNotFound) return [];
        throw thrown;
      }
    }),
});
