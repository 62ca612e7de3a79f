import type { World } from '../core/world.ts';
import { type Environment, type EnvironmentPlan, type OutputLine, startEnvironment } from './environment.ts';
import { createFleet, type Deployment, type Fleet, withdraw } from './fleet.ts';
import type { PoolLimits } from './pool-limits.ts';

export interface FleetEvents {
  readonly onOutput: (line: OutputLine) => void;
  readonly onRetired: (plan: EnvironmentPlan) => void;
  /** An environment ended by itself, and is withdrawn. */
  readonly onGone: () => void;
}

/** The environments of all functions: starts and ends them within the limit of their number. */
export interface Fleets {
  of(deployment: Deployment): Fleet;
  find(key: string): Fleet | undefined;
  all(): readonly Fleet[];
  start(fleet: Fleet): Environment;
  end(fleet: Fleet, environment: Environment): void;
  /** Makes room for another environment if there is none; false when every other one is in use, or was just now. */
  makeRoom(): boolean;
  /** There are more than the limit: functions without one were given theirs all the same. */
  overfull(): boolean;
  /** Nothing is started or planned any more. */
  stopped(): boolean;
  stop(): Promise<void>;
}

export const createFleets = (
  world: Pick<World, 'clock' | 'agenda' | 'debugging'>,
  limits: PoolLimits,
  { onOutput, onRetired, onGone }: FleetEvents,
): Fleets => {
  const fleets = new Map<string, Fleet>();
  const ending = new Set<Promise<void>>();
  let stopped = false;

  const end = (fleet: Fleet, environment: Environment) => {
    if (!fleet.all.has(environment)) return;
    withdraw(fleet, environment);
    onRetired(environment.plan);
    const done: Promise<void> = environment.terminate().finally(() => ending.delete(done));
    ending.add(done);
  };

  const count = () => [...fleets.values()].reduce((sum, fleet) => sum + fleet.all.size, 0);

  return {
    of: (deployment) => {
      const fleet = fleets.get(deployment.key) ?? createFleet(deployment);
      fleets.set(deployment.key, fleet);
      return fleet;
    },
    find: (key) => fleets.get(key),
    all: () => [...fleets.values()],
    start: (fleet) => {
      const environment = startEnvironment(world, fleet.deployment.plan(), onOutput, (gone) => {
        end(fleet, gone);
        if (!stopped) onGone();
      });
      fleet.all.add(environment);
      return environment;
    },
    end,
    overfull: () => count() > limits.total,
    makeRoom: () => {
      if (count() < limits.total) return true;
      let oldest: { fleet: Fleet; environment: Environment; sinceMs: number } | undefined;
      for (const fleet of fleets.values()) {
        const [first] = fleet.idle;
        if (first && (!oldest || first.sinceMs < oldest.sinceMs)) oldest = { fleet, ...first };
      }
      if (!oldest || world.clock.now() - oldest.sinceMs < limits.restMs) return false;
      end(oldest.fleet, oldest.environment);
      return true;
    },
    stopped: () => stopped,
    stop: async () => {
      stopped = true;
      for (const fleet of fleets.values()) for (const environment of [...fleet.all]) end(fleet, environment);
      await Promise.all(ending);
    },
  };
};
