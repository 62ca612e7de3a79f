import { availableParallelism } from 'node:os';
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
  /** How long an invocation waits for an environment in use before another one is started. */
  readonly patienceMs: number;
  /**
   * As many waiting for each environment are a crowd, which gets another environment though nobody has waited long; but
   * no more than `processors`: two for each, since one waits for the database half of its time.
   */
  readonly crowd: number;
  readonly processors: number;
  /** One that has been idle for less is not ended to make room: its function would start it again at once. */
  readonly restMs: number;
  readonly idleMs: number;
  /** The environments used last keep waiting for `idleMs`; idle ones beyond this number go after `surplusIdleMs`. */
  readonly keptWarm: number;
  readonly surplusIdleMs: number;
}

/**
 * An environment with the AWS SDK loaded takes about 21 MB, without it about 10 MB: eight kept warm are about 170 MB.
 * Starting one costs a processor about 200 ms, which is why waiting comes first: most handlers answer sooner than that.
 */
export const DEFAULT_POOL_LIMITS: PoolLimits = {
  perFunction: 4,
  total: 24,
  patienceMs: 100,
  crowd: 4,
  processors: 2 * availableParallelism(),
  restMs: 1_000,
  idleMs: 60_000,
  keptWarm: 8,
  surplusIdleMs: 10_000,
};

export interface EnvironmentPool {
  run(deployment: Deployment, invocation: Invocation): Promise<Outcome>;
  /** Ends the idle environments of a deployment now, and the busy ones after their invocation. */
  retire(key: string): void;
  environments(key: string): { readonly busy: number; readonly idle: number; readonly waiting: number };
  stop(): Promise<void>;
}

export const createEnvironmentPool = (
  world: Pick<World, 'clock' | 'agenda' | 'debugging'>,
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

  /** Makes room for another environment if there is none; false when every other one is in use, or was just now. */
  const makeRoom = (): boolean => {
    if (count() < limits.total) return true;
    let oldest: { fleet: Fleet; environment: Environment; sinceMs: number } | undefined;
    for (const fleet of fleets.values()) {
      const [first] = fleet.idle;
      if (first && (!oldest || first.sinceMs < oldest.sinceMs)) oldest = { fleet, ...first };
    }
    if (!oldest || world.clock.now() - oldest.sinceMs < limits.restMs) return false;
    end(oldest.fleet, oldest.environment);
    return true;
  };

  const current = (fleet: Fleet) => fleet.all.size - fleet.outdated.size;

  const start = (fleet: Fleet): Environment => {
    const environment = startEnvironment(world, fleet.deployment.plan(), onOutput, (gone) => {
      end(fleet, gone);
      if (!stopped) serveWaiting();
    });
    fleet.all.add(environment);
    return environment;
  };

  /** A function that has none gets one whatever the limits: an invocation under way may be waiting for it. */
  const startFirst = (fleet: Fleet): Environment => {
    makeRoom();
    return start(fleet);
  };

  const serveWaiting = () => {
    for (const fleet of fleets.values()) {
      if (fleet.waiting.length > 0 && current(fleet) === 0) fleet.waiting.shift()?.take(startFirst(fleet));
    }
  };

  /** The new one goes to whoever waits longest when it is ready: by then one in use may have served who waits now. */
  const grow = async (fleet: Fleet) => {
    const environment = start(fleet);
    fleet.starting += 1;
    await environment.warmUp();
    fleet.starting -= 1;
    release(fleet, environment);
  };

  const planGrowth = (fleet: Fleet) => {
    if (fleet.growthIsPlanned || stopped || fleet.waiting.length === 0) return;
    fleet.growthIsPlanned = true;
    const dueAtMs = world.clock.now() + limits.patienceMs;
    const subject = fleet.deployment.key;
    world.agenda.schedule({ dueAtMs, kind: 'planned', what: 'start another environment', subject }, () => {
      fleet.growthIsPlanned = false;
      const [first] = fleet.waiting;
      const waitedLong = first !== undefined && world.clock.now() - first.sinceMs >= limits.patienceMs;
      const isCrowded = fleet.waiting.length >= limits.crowd * current(fleet) && current(fleet) < limits.processors;
      const mayGrow = fleet.starting === 0 && current(fleet) < limits.perFunction;
      if ((waitedLong || isCrowded) && mayGrow && makeRoom()) void grow(fleet);
      planGrowth(fleet);
    });
  };

  const acquire = (fleet: Fleet): Environment | Promise<Environment> => {
    const warm = fleet.idle.pop();
    if (warm) return warm.environment;
    if (current(fleet) === 0) return startFirst(fleet);
    return new Promise((take) => {
      fleet.waiting.push({ sinceMs: world.clock.now(), take });
      planGrowth(fleet);
    });
  };

  /** Every idle environment with the time it is to end, the one used last first. */
  const idleEnds = () =>
    [...fleets.values()]
      .flatMap((fleet) => fleet.idle.map((entry) => ({ fleet, ...entry })))
      .sort((a, b) => b.sinceMs - a.sinceMs)
      .map((entry, rank) => ({
        ...entry,
        endAtMs: entry.sinceMs + (rank < limits.keptWarm ? limits.idleMs : limits.surplusIdleMs),
      }));

  const planSweep = () => {
    if (sweepIsPlanned || stopped) return;
    if (![...fleets.values()].some(({ idle }) => idle.length > 0)) return;
    sweepIsPlanned = true;
    const dueAtMs = world.clock.now() + Math.min(limits.surplusIdleMs, limits.idleMs);
    world.agenda.schedule({ dueAtMs, kind: 'planned', what: 'retire idle', subject: 'environments' }, () => {
      sweepIsPlanned = false;
      for (const { fleet, environment, endAtMs } of idleEnds()) {
        if (endAtMs <= world.clock.now()) end(fleet, environment);
      }
      planSweep();
    });
  };

  const release = (fleet: Fleet, environment: Environment) => {
    if (!environment.usable() || fleet.outdated.has(environment) || stopped) {
      end(fleet, environment);
    } else if (fleet.waiting.length > 0) {
      fleet.waiting.shift()?.take(environment);
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
