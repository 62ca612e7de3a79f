import type { RegisteredInstance, ServiceRegistry } from '../../../functions/kernel/calls/service-registry.ts';
import { createMemoryTable } from '../../../functions/kernel/stores/memory-table.ts';
import { registerInstance } from '../../../functions/registry/commands/register-instance.ts';
import { createRecordingRuntime } from '../../support/recording-runtime.ts';

export const OWNER = 'arn:aws:iam::000000000000:role/billing';

export const cause = { correlationId: 'c', causationId: 'r' };

/** A service registry in memory that knows the given services. */
const memoryRegistry = (
  services: readonly string[],
): ServiceRegistry & { enter(instance: RegisteredInstance): void } => {
  const entries = new Map<string, RegisteredInstance>();
  const nameOf = (service: string, id: string): string => `${service}/${id}`;
  const enter = (entry: RegisteredInstance): void => void entries.set(nameOf(entry.service, entry.id), entry);
  return {
    enter,
    services: async () => services,
    instances: async (service) =>
      services.includes(service) ? [...entries.values()].filter((entry) => entry.service === service) : undefined,
    register: async (instance) => enter({ ...instance, healthy: true, origin: 'lease' }),
    deregister: async (service, id) => void entries.delete(nameOf(service, id)),
    setHealth: async (service, id, healthy) => {
      const entry = entries.get(nameOf(service, id));
      if (entry) enter({ ...entry, healthy });
    },
  };
};

/** The registry with the services `catalog`, which has an instance that a deployment registered, `billing` and `shipping`. */
export const registryInMemory = () => {
  const serviceRegistry = memoryRegistry(['billing', 'catalog', 'shipping']);
  const host = 'catalog.svc.internal';
  serviceRegistry.enter({ id: 'catalog-live', service: 'catalog', host, port: 443, healthy: true, origin: 'deploy' });
  const { clock, ids, log, entries, advance } = createRecordingRuntime();
  const deps = { table: createMemoryTable(), serviceRegistry, clock, ids, log };
  const register = (service: string, id: string, owner = OWNER) => {
    const instance = { service, id, owner, host: `${id}.svc.internal`, port: 80 };
    return registerInstance(deps, instance, /\.svc\.internal$/, cause);
  };
  /** Whether Cloud Map lists it as healthy; undefined when it is not listed. */
  const isListedHealthy = async (service: string, id: string): Promise<boolean | undefined> =>
    (await serviceRegistry.instances(service))?.find((entry) => entry.id === id)?.healthy;
  return { ...deps, entries, advance, register, isListedHealthy };
};
