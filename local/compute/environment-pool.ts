import type { World } from '../core/world.ts';
import {
  type Environment,
  type EnvironmentPlan,
  type Invocation,
  type Outcome,
  type OutputLine,
  startEnvironment,
} from './environment.ts';
import { createFleet, type Deployment, type Fleet, withdraw } from './fleet.ts';

export interface PoolLimits {
  /** Environments of one function; what comes beyond waits. */
  readonly perFunction: number;
  /** Environments of all functions; a function that has none may always start one, or callers could wait for callees for ever. */
  readonly total: number;
  readonly idleMs: number;
}

/** An environment with the AWS SDK loaded takes about 22 MB, without it about 10 MB. */
export const DEFAULT_POOL_LIMITS: PoolLimits = { perFunction: 4, total: 24, idleMs: 60_000 };

export interface EnvironmentPool {
  run(deployment: Deployment, invocation: Invocation): Promise<Outcome>;
  /** Ends the idle environments of a deployment now, and the busy ones after their invocation. */
  retire(key: string): void;
  environments(key: string): { readonly busy: number; readonly idle: number; readonly waiting: number };
  stop(): Promise<void>;
}

export const createEnvironmentPool = (
  world: Pick<World, 'clock' | 'agenda'>,
  limits: PoolLimits,
  onOutput: (line: OutputLine) => void,
  onRetired: (plan: EnvironmentPlan) => void,
): EnvironmentPool => {
  const fleets = new Map<string, Fleet>();
  const ending = new Set<Promise<void>>();
  let stopped = false;
  let sweepIsPlanned = false;

  const fleetOf = (deployment: Deployment): Fleet => {
    const known = fleets.get(deployment.key);
    if (known) return known;
    const fleet = createFleet(deployment);
    fleets.set(deployment.key, fleet);
    return fleet;
  };
  const count = () => [...fleets.values()].reduce((sum, fleet) => sum + fleet.all.size, 0);

  const end = (fleet: Fleet, environment: Environment) => {
    if (!fleet.all.has(environment)) return;
    withdraw(fleet, environment);
    onRetired(environment.plan);
    const done: Promise<void> = environment.terminate().finally(() => ending.delete(done));
    ending.add(done);
  };

  const endLongestIdle = (): boolean => {
    let oldest: { fleet: Fleet; environment: Environment; sinceMs: number } | undefined;
    for (const fleet of fleets.values()) {
      const [first] = fleet.idle;
      if (first && (!oldest || first.sinceMs < oldest.sinceMs)) oldest = { fleet, ...first };
    }
    if (oldest) end(oldest.fleet, oldest.environment);
    return oldest !== undefined;
  };

  const mayStart = (fleet: Fleet): boolean => {
    const current = fleet.all.size - fleet.outdated.size;
    if (current === 0) return true;
    return current < limits.perFunction && (count() < limits.total || endLongestIdle());
  };

  const start = (fleet: Fleet): Environment => {
    const environment = startEnvironment(world, fleet.deployment.plan(), onOutput, (gone) => {
      end(fleet, gone);
      if (!stopped) serveWaiting();
    });
    fleet.all.add(environment);
    return environment;
  };

  const serveWaiting = () => {
    for (const fleet of fleets.values()) {
      while (fleet.waiting.length > 0 && mayStart(fleet)) fleet.waiting.shift()?.(start(fleet));
    }
  };

  const acquire = (fleet: Fleet): Environment | Promise<Environment> => {
    const warm = fleet.idle.pop();
    if (warm) return warm.environment;
    if (mayStart(fleet)) return start(fleet);
    return new Promise((resolve) => fleet.waiting.push(resolve));
  };

  const planSweep = () => {
    if (sweepIsPlanned || stopped) return;
    const since = [...fleets.values()].flatMap(({ idle }) => idle.map(({ sinceMs }) => sinceMs));
    if (since.length === 0) return;
    sweepIsPlanned = true;
    world.agenda.schedule(
      { dueAtMs: Math.min(...since) + limits.idleMs, kind: 'planned', what: 'retire idle', forWhom: 'environments' },
      () => {
        sweepIsPlanned = false;
        const before = world.clock.now() - limits.idleMs;
        for (const fleet of fleets.values()) {
          for (const { environment, sinceMs } of [...fleet.idle]) if (sinceMs <= before) end(fleet, environment);
        }
        planSweep();
      },
    );
  };

  const release = (fleet: Fleet, environment: Environment) => {
    if (!environment.usable() || fleet.outdated.has(environment) || stopped) {
      end(fleet, environment);
    } else if (fleet.waiting.length > 0) {
      fleet.waiting.shift()?.(environment);
      return;
    } else {
      fleet.idle.push({ environment, sinceMs: world.clock.now() });
      planSweep();
    }
    if (!stopped) serveWaiting();
  };

  return {
    run: async (deployment, invocation) => {
      const fleet = fleetOf(deployment);
      const environment = await acquire(fleet);
      try {
        return await environment.run(invocation);
      } finally {
        release(fleet, environment);
      }
    },
    retire: (key) => {
      const fleet = fleets.get(key);
      if (!fleet) return;
      for (const { environment } of [...fleet.idle]) end(fleet, environment);
      for (const environment of fleet.all) fleet.outdated.add(environment);
      serveWaiting();
    },
    environments: (key) => {
      const fleet = fleets.get(key);
      const idle = fleet?.idle.length ?? 0;
      return { busy: (fleet?.all.size ?? 0) - idle, idle, waiting: fleet?.waiting.length ?? 0 };
    },
    stop: async () => {
      stopped = true;
      for (const fleet of fleets.values()) for (const environment of [...fleet.all]) end(fleet, environment);
      await Promise.all(ending);
    },
  };
};
