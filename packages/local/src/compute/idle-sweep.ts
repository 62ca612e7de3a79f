import type { World } from '../core/world.ts';
import type { Fleets } from './fleets.ts';
import type { PoolLimits } from './pool-limits.ts';

/** Ends environments that have been idle for too long. */
export const createIdleSweep = (
  { clock, agenda }: Pick<World, 'clock' | 'agenda'>,
  limits: PoolLimits,
  fleets: Fleets,
) => {
  let isPlanned = false;

  /** Every idle environment with the time it is to end, the one used last first. */
  const idleEnds = () =>
    fleets
      .all()
      .flatMap((fleet) => fleet.idle.map((entry) => ({ fleet, ...entry })))
      .sort((a, b) => b.sinceMs - a.sinceMs)
      .map((entry, rank) => ({
        ...entry,
        endAtMs: entry.sinceMs + (rank < limits.keptWarm ? limits.idleMs : limits.surplusIdleMs),
      }));

  const plan = (): void => {
    if (isPlanned || fleets.stopped() || !fleets.all().some(({ idle }) => idle.length > 0)) return;
    isPlanned = true;
    const dueAtMs = clock.now() + Math.min(limits.surplusIdleMs, limits.idleMs);
    agenda.schedule({ dueAtMs, kind: 'planned', what: 'retire idle', subject: 'environments' }, () => {
      isPlanned = false;
      for (const { fleet, environment, endAtMs } of idleEnds()) {
        if (endAtMs <= clock.now()) fleets.end(fleet, environment);
      }
      plan();
    });
  };

  return { plan };
};
