import type { Cause } from '../../kernel/messages/message.ts';
import type { Table } from '../../kernel/stores/table.ts';
import { planSweep, type SweptLease } from '../domain/sweep.ts';
import { LEASES, sweptOf } from '../rows/lease-rows.ts';
import { decideLease, type RegistryDeps } from './decide-lease.ts';

const PAGE = 200;

const allLeases = async (table: Table): Promise<readonly SweptLease[]> => {
  const leases: SweptLease[] = [];
  let page = await table.query({ index: 'gsi1', pk: LEASES, limit: PAGE });
  leases.push(...page.items.map(sweptOf));
  while (page.next) {
    page = await table.query({ index: 'gsi1', pk: LEASES, limit: PAGE, start: page.next });
    leases.push(...page.items.map(sweptOf));
  }
  return leases;
};

/** Where Cloud Map says something else than the lease, the lease is right. */
const correctCloudMap = async ({ serviceRegistry }: RegistryDeps, leases: readonly SweptLease[]): Promise<number> => {
  let mended = 0;
  for (const service of new Set(leases.map((lease) => lease.service))) {
    const instances = (await serviceRegistry.instances(service)) ?? [];
    for (const lease of leases.filter((candidate) => candidate.service === service)) {
      const entry = instances.find(({ id }) => id === lease.id);
      if (!entry || entry.healthy === lease.healthy) continue;
      await serviceRegistry.setHealth(service, lease.id, lease.healthy);
      mended += 1;
    }
  }
  return mended;
};

export interface SweepReport {
  readonly leases: number;
  readonly lost: number;
  readonly mended: number;
  readonly isPreserving: boolean;
}

export const sweepLeases = async (deps: RegistryDeps, cause: Cause): Promise<SweepReport> => {
  const leases = await allLeases(deps.table);
  const nowMs = deps.clock.now();
  const { lost, isPreserving } = planSweep(leases, nowMs);
  const mended = await correctCloudMap(deps, leases);
  for (const { service, id } of lost)
    await decideLease(deps, { service, id }, { type: 'ExpireLease', atMs: nowMs }, cause);
  return { leases: leases.length, lost: lost.length, mended, isPreserving };
};
