import type { World } from '../core/world.ts';
import type { Environment, EnvironmentPlan, Outcome, OutputLine } from './environment.ts';
import { countsOf, type Deployment, type Fleet, killIn, sizeOf } from './fleet.ts';
import { createFleets, type Fleets } from './fleets.ts';
import { createGrowth } from './growth.ts';
import { createIdleSweep } from './idle-sweep.ts';
import type { PoolLimits } from './pool-limits.ts';
import type { Invocation } from './worker-thread.ts';

export interface EnvironmentPool {
  run(deployment: Deployment, invocation: Invocation): Promise<Outcome>;
  /** Ends the idle environments of a deployment now, and the busy ones after their invocation. */
  retire(key: string): void;
  /** Ends one environment in the middle of what it does, as the failure of a host does; false when there is none. */
  kill(environmentId: string): boolean;
  environments(key: string): { readonly busy: number; readonly idle: number; readonly waiting: number };
  stop(): Promise<void>;
}

/** The idle one used last; one that has ended meanwhile is thrown away. */
const takeWarm = (fleets: Fleets, fleet: Fleet): Environment | undefined => {
  for (let warm = fleet.idle.pop(); warm; warm = fleet.idle.pop()) {
    if (warm.environment.usable()) return warm.environment;
    fleets.end(fleet, warm.environment);
  }
  return undefined;
};

/** A function that has none gets one whatever the limits: an invocation under way may be waiting for it. */
const startFirst = (fleets: Fleets, fleet: Fleet): Environment => {
  fleets.makeRoom();
  return fleets.start(fleet);
};

export const createEnvironmentPool = (
  world: Pick<World, 'clock' | 'agenda' | 'debugging'>,
  limits: PoolLimits,
  onOutput: (line: OutputLine) => void,
  onRetired: (plan: EnvironmentPlan) => void,
): EnvironmentPool => {
  const fleets = createFleets(world, limits, { onOutput, onRetired, onGone: () => serveWaiting() });
  const growth = createGrowth(world, limits, fleets, (fleet, environment) => release(fleet, environment));
  const sweep = createIdleSweep(world, limits, fleets);

  const serveWaiting = () => {
    for (const fleet of fleets.all()) {
      if (fleet.waiting.length > 0 && sizeOf(fleet) === 0) fleet.waiting.shift()?.take(startFirst(fleets, fleet));
    }
  };

  const acquire = (fleet: Fleet): Environment | Promise<Environment> => {
    const warm = takeWarm(fleets, fleet);
    if (warm) return warm;
    if (sizeOf(fleet) === 0) return startFirst(fleets, fleet);
    return new Promise((take) => {
      fleet.waiting.push({ sinceMs: world.clock.now(), take });
      growth.plan(fleet);
    });
  };

  const release = (fleet: Fleet, environment: Environment) => {
    if (!environment.usable() || fleet.outdated.has(environment) || fleets.stopped()) {
      fleets.end(fleet, environment);
    } else if (fleet.waiting.length > 0) {
      fleet.waiting.shift()?.take(environment);
      return;
    } else if (fleets.overfull() && sizeOf(fleet) > 1) {
      fleets.end(fleet, environment);
    } else {
      fleet.idle.push({ environment, sinceMs: world.clock.now() });
      sweep.plan();
    }
    if (!fleets.stopped()) serveWaiting();
  };

  return {
    run: async (deployment, invocation) => {
      const fleet = fleets.of(deployment);
      const environment = await acquire(fleet);
      try {
        return await environment.run(invocation);
      } finally {
        const released = environment.rested().then(() => release(fleet, environment));
        world.agenda.follow({ what: 'release environment', subject: environment.plan.functionName }, released);
      }
    },
    retire: (key) => {
      const fleet = fleets.find(key);
      if (!fleet) return;
      for (const { environment } of [...fleet.idle]) fleets.end(fleet, environment);
      for (const environment of fleet.all) fleet.outdated.add(environment);
      serveWaiting();
    },
    kill: (environmentId) => killIn(fleets.all(), environmentId),
    environments: (key) => countsOf(fleets.find(key)),
    stop: fleets.stop,
  };
};
