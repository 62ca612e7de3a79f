import { AwsError } from '../../../core/aws-call.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Random } from '../../../core/random.ts';
import type { Attributes, Instance, Service } from './directory.ts';

const DEFAULT_RESULTS = 100;
const MOST_RESULTS = 1_000;

export interface DiscoveryQuery {
  readonly healthStatus: string;
  readonly queryParameters: Attributes;
  readonly optionalParameters: Attributes;
  readonly maxResults: number | undefined;
}

const carries = (wanted: Attributes) => (instance: Instance) =>
  Object.entries(wanted).every(([name, value]) => instance.attributes[name] === value);

const byHealth = (instances: readonly Instance[], filter: string): readonly Instance[] => {
  const healthy = instances.filter(({ health }) => health === 'HEALTHY');
  switch (filter) {
    case 'HEALTHY':
      return healthy;
    case 'UNHEALTHY':
      return instances.filter(({ health }) => health === 'UNHEALTHY');
    case 'ALL':
      return instances;
    case 'HEALTHY_OR_ELSE_ALL':
      return healthy.length > 0 ? healthy : instances;
    default:
      throw new AwsError('InvalidInput', `'${filter}' is not a health status filter`);
  }
};

export const shuffled = <T>(items: readonly T[], random: Random): readonly T[] =>
  items
    .map((item) => ({ item, rank: random.next() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);

/**
 * The instances DiscoverInstances answers with, in no order that a caller could rely on. Query parameters must all
 * hold; optional ones only narrow the answer while they leave something of it.
 */
export const discover = (service: Service, query: DiscoveryQuery, random: Random): readonly JsonObject[] => {
  const most = query.maxResults ?? DEFAULT_RESULTS;
  if (most < 1 || most > MOST_RESULTS)
    throw new AwsError('InvalidInput', `MaxResults must lie between 1 and ${MOST_RESULTS}`);
  const required = [...service.instances.values()].filter(carries(query.queryParameters));
  const visible = service.customHealth ? byHealth(required, query.healthStatus) : required;
  const preferred = visible.filter(carries(query.optionalParameters));
  return shuffled(preferred.length > 0 ? preferred : visible, random)
    .slice(0, most)
    .map((instance) => ({
      InstanceId: instance.id,
      NamespaceName: service.namespace.name,
      ServiceName: service.name,
      HealthStatus: service.customHealth ? instance.health : 'UNKNOWN',
      Attributes: instance.attributes,
    }));
};
