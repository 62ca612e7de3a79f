import type { StateAggregate } from '../../kernel/stores/state-store.ts';
import type { Item, Key } from '../../kernel/stores/table.ts';
import { type Lease, type LeaseCommand, type LeaseEvent, NO_OWNER } from '../domain/lease.ts';
import { leaseDecider } from '../domain/lease-decider.ts';
import type { SweptLease } from '../domain/sweep.ts';

/** Leases lie together in the index so that a sweep reads only them. */
export const LEASES = 'LEASES';

export interface InstanceName {
  readonly service: string;
  readonly id: string;
}

/** One string for both ids; neither may hold the delimiter. */
export const leaseId = ({ service, id }: InstanceName): string => `${service}#${id}`;

const keyOf = (lease: string): Key => ({ pk: `LEASE#${lease}`, sk: 'LEASE' });

const ownerIn = ({ owner }: Item): string => (typeof owner === 'string' ? owner : NO_OWNER);

export const leaseAggregate = ({ service, id }: InstanceName): StateAggregate<LeaseCommand, LeaseEvent, Lease> => ({
  decider: leaseDecider,
  keyOf,
  toAttributes: (lease) =>
    lease.kind === 'none'
      ? { kind: 'none' }
      : { ...lease, service, id, gsi1pk: LEASES, gsi1sk: leaseId({ service, id }) },
  fromItem: (item) =>
    item.kind === 'held'
      ? {
          kind: 'held',
          owner: ownerIn(item),
          host: String(item.host),
          port: Number(item.port),
          healthy: item.healthy === true,
          lastHeartbeatMs: Number(item.lastHeartbeatMs),
        }
      : { kind: 'none' },
});

export const sweptOf = (item: Item): SweptLease => ({
  service: String(item.service),
  id: String(item.id),
  owner: ownerIn(item),
  host: String(item.host),
  port: Number(item.port),
  healthy: item.healthy === true,
  lastHeartbeatMs: Number(item.lastHeartbeatMs),
});
