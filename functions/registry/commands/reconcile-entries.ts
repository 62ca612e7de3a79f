import type { RegisteredInstance } from '../../kernel/calls/service-registry.ts';
import { stateOf } from '../../kernel/stores/state-store.ts';
import type { SweptLease } from '../domain/sweep.ts';
import { type InstanceName, leaseAggregate, leaseId } from '../rows/lease-rows.ts';
import { allLeases } from './all-leases.ts';
import { oneByOne, type Tally } from './one-by-one.ts';
import type { SweepDeps } from './sweep-leases.ts';

/** The index of leases lags behind: whether a lease is held is read from the lease itself. */
const isHeld = async ({ table }: SweepDeps, name: InstanceName): Promise<boolean> =>
  (await stateOf(table, leaseAggregate(name), leaseId(name)).load()).state.kind === 'held';

/** Enters an instance whose registration ended between the lease and the entry. */
const enter = async (deps: SweepDeps, lease: SweptLease): Promise<boolean> => {
  if (!(await isHeld(deps, lease))) return false;
  const { service, id, host, port } = lease;
  await deps.serviceRegistry.register({ service, id, host, port });
  return true;
};

/** Removes an instance whose deregistration ended between the lease and the entry. */
const remove = async (deps: SweepDeps, { service, id }: RegisteredInstance): Promise<boolean> => {
  if (await isHeld(deps, { service, id })) return false;
  await deps.serviceRegistry.deregister(service, id);
  return true;
};

/** Brings the entries of Cloud Map in line with the leases, both ways. What a deployment entered is left alone. */
export const reconcileEntries = async (deps: SweepDeps): Promise<Tally> => {
  const leases = Map.groupBy(await allLeases(deps.table), ({ service }) => service);
  const missing: SweptLease[] = [];
  const orphans: RegisteredInstance[] = [];
  for (const service of new Set([...(await deps.serviceRegistry.services()), ...leases.keys()])) {
    const held = leases.get(service) ?? [];
    const entries = (await deps.serviceRegistry.instances(service)) ?? [];
    const isIn = (list: readonly InstanceName[], id: string) => list.some((each) => each.id === id);
    missing.push(...held.filter(({ id, healthy }) => healthy && !isIn(entries, id)));
    orphans.push(...entries.filter(({ id, origin }) => origin === 'lease' && !isIn(held, id)));
  }
  const entered = await oneByOne(missing, deps.log, (lease) => enter(deps, lease));
  const removed = await oneByOne(orphans, deps.log, (entry) => remove(deps, entry));
  return { mended: entered.mended + removed.mended, failed: entered.failed + removed.failed };
};
