import type { NetworkPlace } from '../../../core/ports.ts';
import type { World } from '../../../core/world.ts';
import type { Directory, Instance, Service } from '../state/directory.ts';
import { shuffled } from '../state/discovery.ts';
import { type Answer, type DnsRecord, type Question, RCODE, TYPE } from './message.ts';

/** Who asks. */
export interface Asker {
  readonly place: NetworkPlace;
  onObstacle(obstacle: string): void;
}

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_DnsConfig.html: up to eight of them, in no order. */
const MOST_ANSWERS = 8;

/** Where a caller is sent that no rule lets through: nobody listens at this port. */
const DEAD_PORT = 2;

const nothing = (rcode: number): Answer => ({ rcode, ttlSeconds: 0, records: [] });

/** Those that are healthy, and all when none is. */
const answering = ({ customHealth, instances }: Service): readonly Instance[] => {
  const all = [...instances.values()];
  const healthy = customHealth ? all.filter(({ health }) => health === 'HEALTHY') : all;
  return healthy.length > 0 ? healthy : all;
};

const addressOf = ({ attributes }: Instance): string => attributes.AWS_INSTANCE_IPV4 ?? '127.0.0.1';

/** The instance's port, or one where nobody listens when the caller may not reach it. */
const portFor = (world: World, instance: Instance, { place, onObstacle }: Asker): number => {
  const { network, attributes } = instance;
  const obstacle = network && world.need('network').obstacle(place, network.place, network.port);
  if (obstacle !== undefined) onObstacle(obstacle);
  return obstacle === undefined ? Number(attributes.AWS_INSTANCE_PORT ?? 0) : DEAD_PORT;
};

const serviceRecords = (world: World, service: Service, type: number, asker: Asker): readonly DnsRecord[] => {
  const found = shuffled(answering(service), world.random).slice(0, MOST_ANSWERS);
  if (type === TYPE.A) return found.map((instance) => ({ type, address: addressOf(instance) }));
  return found.map((instance) => ({
    type: TYPE.SRV,
    target: `${instance.id}.${service.name}.${service.namespace.name}`,
    port: portFor(world, instance, asker),
  }));
};

/** The address of one instance, which an SRV record named as its target. */
const instanceRecords = (service: Service, labels: string): readonly DnsRecord[] => {
  const instance = service.instances.get(labels);
  return instance ? [{ type: TYPE.A, address: addressOf(instance) }] : [];
};

/** `search.shop.internal` is the service itself, `<instance>.search.shop.internal` an instance of it. */
const recordsFor = (world: World, directory: Directory, { name, type }: Question, asker: Asker) => {
  for (const service of directory.services()) {
    const full = `${service.name}.${service.namespace.name}`.toLowerCase();
    const ttlSeconds = service.dns[type];
    if (name === full) {
      const records = ttlSeconds === undefined ? [] : serviceRecords(world, service, type, asker);
      return { exists: service.instances.size > 0, ttlSeconds: ttlSeconds ?? 0, records };
    }
    if (!name.endsWith(`.${full}`)) continue;
    const found = instanceRecords(service, name.slice(0, -full.length - 1));
    return { exists: found.length > 0, ttlSeconds: service.dns[TYPE.SRV] ?? 0, records: type === TYPE.A ? found : [] };
  }
  return { exists: false, ttlSeconds: 0, records: [] };
};

/** What the resolver of a virtual private cloud answers; what is in no private namespace here is refused. */
export const answerFor = (world: World, directory: Directory, question: Question, asker: Asker): Answer => {
  const isPrivate = directory
    .namespaces()
    .some(({ kind, name }) => kind === 'DNS_PRIVATE' && `.${question.name}`.endsWith(`.${name.toLowerCase()}`));
  if (!isPrivate) return nothing(RCODE.REFUSED);
  const { exists, ttlSeconds, records } = recordsFor(world, directory, question, asker);
  return exists ? { rcode: RCODE.NOERROR, ttlSeconds, records } : nothing(RCODE.NXDOMAIN);
};
