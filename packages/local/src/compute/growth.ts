import type { World } from '../core/world.ts';
import type { Environment } from './environment.ts';
import { type Fleet, sizeOf } from './fleet.ts';
import type { Fleets } from './fleets.ts';
import type { PoolLimits } from './pool-limits.ts';

/** Plans a look at who waits in a fleet, and starts another environment when that has become long, or a crowd. */
export const createGrowth = (
  { clock, agenda }: Pick<World, 'clock' | 'agenda'>,
  limits: PoolLimits,
  fleets: Fleets,
  release: (fleet: Fleet, environment: Environment) => void,
) => {
  /** What waits longest when the new one is ready gets it: until then one in use may have served who waits now. */
  const grow = async (fleet: Fleet) => {
    const environment = fleets.start(fleet);
    fleet.starting += 1;
    await environment.warmUp();
    fleet.starting -= 1;
    release(fleet, environment);
  };

  const shouldGrow = (fleet: Fleet): boolean => {
    const size = sizeOf(fleet);
    const [first] = fleet.waiting;
    const waitedLong = first !== undefined && clock.now() - first.sinceMs >= limits.patienceMs;
    const isCrowded = fleet.waiting.length >= limits.crowd * size && size < limits.processors;
    const mayGrow = fleet.starting === 0 && size < limits.perFunction;
    return (waitedLong || isCrowded) && mayGrow && fleets.makeRoom();
  };

  const plan = (fleet: Fleet): void => {
    if (fleet.growthIsPlanned || fleets.stopped() || fleet.waiting.length === 0) return;
    fleet.growthIsPlanned = true;
    const dueAtMs = clock.now() + limits.patienceMs;
    const subject = fleet.deployment.key;
    agenda.schedule({ dueAtMs, kind: 'planned', what: 'start another environment', subject }, () => {
      fleet.growthIsPlanned = false;
      if (shouldGrow(fleet)) agenda.follow({ what: 'start another environment', subject }, grow(fleet));
      plan(fleet);
    });
  };

  return { plan };
};
