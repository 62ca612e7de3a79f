import type { RegisteredInstance, ServiceRegistry } from '../../kernel/calls/service-registry.ts';
import { isoTime } from '../../kernel/ports/clock.ts';
import type { Table } from '../../kernel/stores/table.ts';
import { leaseAggregate, leaseId } from '../rows/lease-rows.ts';

/** The guide's ServiceInfo. `lastHeartbeat` is null for what a deployment registered: Lambda sends no heartbeats. */
export interface ServiceInfo {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly port: number;
  readonly status: 'healthy' | 'unhealthy';
  readonly lastHeartbeat: string | null;
  readonly origin: 'deploy' | 'lease';
}

const lastHeartbeat = async (table: Table, { service, id, origin }: RegisteredInstance): Promise<string | null> => {
  if (origin === 'deploy') return null;
  const aggregate = leaseAggregate({ service, id });
  const item = await table.get(aggregate.keyOf(leaseId({ service, id })), { consistent: true });
  const lease = item && aggregate.fromItem(item);
  return lease?.kind === 'held' ? isoTime(lease.lastHeartbeatMs) : null;
};

export const serviceInfo = async (table: Table, instance: RegisteredInstance): Promise<ServiceInfo> => ({
  id: instance.id,
  name: instance.service,
  host: instance.host,
  port: instance.port,
  status: instance.healthy ? 'healthy' : 'unhealthy',
  lastHeartbeat: await lastHeartbeat(table, instance),
  origin: instance.origin,
});

export const listServices = async (table: Table, serviceRegistry: ServiceRegistry): Promise<readonly ServiceInfo[]> => {
  const found = await Promise.all(
    (await serviceRegistry.services()).map((service) => serviceRegistry.instances(service)),
  );
  return Promise.all(found.flatMap((instances) => instances ?? []).map((instance) => serviceInfo(table, instance)));
};

/** One healthy instance; `chance` in [0, 1) spreads callers evenly. */
export const pickService = async (
  table: Table,
  serviceRegistry: ServiceRegistry,
  service: string,
  chance: number,
): Promise<ServiceInfo | undefined> => {
  const healthy = ((await serviceRegistry.instances(service)) ?? []).filter((instance) => instance.healthy);
  const picked = healthy[Math.floor(chance * healthy.length)];
  return picked && serviceInfo(table, picked);
};
