import type { RegisteredInstance } from '../../kernel/calls/service-registry.ts';
import type { Cause } from '../../kernel/messages/message.ts';
import type { Log } from '../../kernel/ports/log.ts';
import { isForgotten, planSweep, type SweptLease } from '../domain/sweep.ts';
import { allLeases } from './all-leases.ts';
import { decideLease, type RegistryDeps } from './decide-lease.ts';
import { oneByOne } from './one-by-one.ts';

export interface SweepDeps extends RegistryDeps {
  readonly log: Pick<Log, 'error'>;
}

export interface SweepReport {
  readonly leases: number;
  readonly lost: number;
  readonly mended: number;
  readonly failed: number;
  readonly isPreserving: boolean;
}

/** Ends a lease that is of no more use; else makes its entry as healthy as the lease says, since the lease is right. */
const mend = async (
  deps: SweepDeps,
  lease: SweptLease,
  entry: RegisteredInstance | undefined,
  cause: Cause,
): Promise<boolean> => {
  if (entry?.origin === 'deploy' || isForgotten(lease, deps.clock.now())) {
    await decideLease(deps, lease, { type: 'EndLease' }, cause);
    return true;
  }
  if (entry === undefined || entry.healthy === lease.healthy) return false;
  await deps.serviceRegistry.setHealth(lease.service, lease.id, lease.healthy);
  return true;
};

/** Looks after the leases: who is lost, and whether Cloud Map says the same. */
export const sweepLeases = async (deps: SweepDeps, cause: Cause): Promise<SweepReport> => {
  const leases = await allLeases(deps.table);
  const nowMs = deps.clock.now();
  const { lost, isPreserving } = planSweep(leases, nowMs);
  const entries = new Map<string, RegisteredInstance>();
  for (const service of new Set(leases.map((lease) => lease.service)))
    for (const entry of (await deps.serviceRegistry.instances(service)) ?? [])
      entries.set(`${service}/${entry.id}`, entry);
  const mended = await oneByOne(leases, deps.log, (lease) =>
    mend(deps, lease, entries.get(`${lease.service}/${lease.id}`), cause),
  );
  const expired = await oneByOne(lost, deps.log, async (lease) => {
    await decideLease(deps, lease, { type: 'ExpireLease', atMs: nowMs }, cause);
    return true;
  });
  const failed = mended.failed + expired.failed;
  return { leases: leases.length, lost: expired.mended, mended: mended.mended, failed, isPreserving };
};
