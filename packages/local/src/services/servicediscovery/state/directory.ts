import { AwsError } from '../../../core/aws-call.ts';
import type { NetworkPlace, RegisteredInstance } from '../../../core/ports.ts';

export type Health = 'HEALTHY' | 'UNHEALTHY';
export type Attributes = Readonly<Record<string, string>>;

export interface Namespace {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  /** Whether its instances are found by DNS as well. */
  readonly kind: 'HTTP' | 'DNS_PRIVATE';
  readonly description?: string;
  readonly createdAtMs: number;
}

/** Seconds that a record may be kept, by the number of its DNS type. */
export type TimesToLive = Readonly<Record<number, number>>;

export interface Service {
  readonly id: string;
  readonly arn: string;
  readonly name: string;
  readonly namespace: Namespace;
  readonly description?: string;
  /** Whether HealthCheckCustomConfig is there; without it an instance's health is unknown and filters are ignored. */
  readonly customHealth: boolean;
  /** What policies may ask of it as `aws:ResourceTag/<key>`. */
  readonly tags: Readonly<Record<string, string>>;
  /** The types of records that DNS answers with. */
  readonly dns: TimesToLive;
  readonly createdAtMs: number;
  readonly instances: Map<string, Instance>;
  /** Grows with every change that DiscoverInstances can see. */
  revision: number;
}

export interface Instance {
  readonly id: string;
  readonly creatorRequestId: string | undefined;
  readonly attributes: Attributes;
  readonly health: Health;
  /** Where it stands in a network whose rules say who reaches it. */
  readonly network?: Reach | undefined;
}

export interface Reach {
  readonly place: NetworkPlace;
  readonly port: number;
}

const INITIAL_HEALTH = 'AWS_INIT_HEALTH_STATUS';

const healthOf = (text: string): Health => {
  if (text === 'HEALTHY' || text === 'UNHEALTHY') return text;
  throw new AwsError('InvalidInput', `'${text}' is not a health status: expected HEALTHY or UNHEALTHY`);
};

/** Namespaces, services and instances as Cloud Map keeps them; pure state. */
export const createDirectory = () => {
  const namespaces = new Map<string, Namespace>();
  const services = new Map<string, Service>();

  const namespaceNamed = (name: string): Namespace => {
    const found = [...namespaces.values()].find((namespace) => namespace.name === name);
    if (found) return found;
    throw new AwsError('NamespaceNotFound', `Namespace not found: ${name}`);
  };

  const serviceOf = (idOrArn: string): Service => {
    const found = services.get(idOrArn.split('/').at(-1) ?? '');
    if (found) return found;
    throw new AwsError('ServiceNotFound', `Service not found: ${idOrArn}`);
  };

  const instanceOf = (service: Service, id: string): Instance => {
    const found = service.instances.get(id);
    if (found) return found;
    throw new AwsError('InstanceNotFound', `Instance not found: ${id}`);
  };

  return {
    addNamespace: (namespace: Namespace) => {
      namespaces.set(namespace.id, namespace);
    },
    addService: (service: Omit<Service, 'instances' | 'revision'>) => {
      services.set(service.id, { ...service, instances: new Map(), revision: 1 });
    },
    namespaces: (): readonly Namespace[] => [...namespaces.values()],
    services: (): readonly Service[] => [...services.values()],
    /** By id or ARN. */
    namespace: (idOrArn: string): Namespace => {
      const found = namespaces.get(idOrArn.split('/').at(-1) ?? '');
      if (found) return found;
      throw new AwsError('NamespaceNotFound', `Namespace not found: ${idOrArn}`);
    },
    /** By id or ARN. */
    service: serviceOf,
    instance: instanceOf,
    serviceNamed: (namespaceName: string, name: string): Service => {
      const namespace = namespaceNamed(namespaceName);
      const found = [...services.values()].find((service) => service.namespace === namespace && service.name === name);
      if (found) return found;
      throw new AwsError('ServiceNotFound', `Service not found: ${name}`);
    },
    /** Adds an instance or replaces the one with this id, whose health starts again. */
    register: (service: Service, id: string, attributes: Attributes, creatorRequestId?: string) => {
      const health = service.customHealth ? healthOf(attributes[INITIAL_HEALTH] ?? 'HEALTHY') : 'HEALTHY';
      service.instances.set(id, { id, creatorRequestId, attributes, health });
      service.revision += 1;
    },
    /** Enters a task, for the service that runs it. */
    enter: (service: Service, { id, attributes, ...network }: RegisteredInstance) => {
      service.instances.set(id, { id, creatorRequestId: undefined, attributes, health: 'HEALTHY', network });
      service.revision += 1;
    },
    deregister: (service: Service, id: string) => {
      instanceOf(service, id);
      service.instances.delete(id);
      service.revision += 1;
    },
    setHealth: (service: Service, id: string, health: Health) => {
      const instance = service.instances.get(id);
      if (!instance || instance.health === health) return;
      service.instances.set(id, { ...instance, health });
      service.revision += 1;
    },
  };
};

export type Directory = ReturnType<typeof createDirectory>;
