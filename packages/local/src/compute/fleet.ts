import type { Environment, EnvironmentPlan } from './environment.ts';

/** One version of one function, as the pool needs it. */
export interface Deployment {
  /** Unique for each function and version. */
  readonly key: string;
  /** A fresh environment: its variables carry credentials of its own. */
  plan(): EnvironmentPlan;
}

/** An invocation without an environment. */
export interface Waiter {
  readonly sinceMs: number;
  readonly take: (environment: Environment) => void;
}

/** The environments of one deployment. */
export interface Fleet {
  readonly deployment: Deployment;
  readonly all: Set<Environment>;
  /** Busy ones that end after their invocation. */
  readonly outdated: Set<Environment>;
  /** The one used last at the end: it is taken first, so that the others can age. */
  readonly idle: { readonly environment: Environment; readonly sinceMs: number }[];
  readonly waiting: Waiter[];
  /** Being initialised ahead of any invocation, because others had to wait. */
  starting: number;
  growthIsPlanned: boolean;
}

export const createFleet = (deployment: Deployment): Fleet => ({
  deployment,
  all: new Set(),
  outdated: new Set(),
  idle: [],
  waiting: [],
  starting: 0,
  growthIsPlanned: false,
});

export const withdraw = (fleet: Fleet, environment: Environment): void => {
  fleet.all.delete(environment);
  fleet.outdated.delete(environment);
  const at = fleet.idle.findIndex((entry) => entry.environment === environment);
  if (at >= 0) fleet.idle.splice(at, 1);
};

/** How many it has, without those that end after their invocation. */
export const sizeOf = ({ all, outdated }: Fleet): number => all.size - outdated.size;

/** Ends the environment of this id, whatever it does; false when no fleet has it. */
export const killIn = (fleets: readonly Fleet[], environmentId: string): boolean => {
  const found = fleets.flatMap(({ all }) => [...all]).find(({ plan }) => plan.id === environmentId);
  found?.kill();
  return found !== undefined;
};

export const countsOf = (fleet: Fleet | undefined) => {
  const idle = fleet?.idle.length ?? 0;
  return { busy: (fleet?.all.size ?? 0) - idle, idle, waiting: fleet?.waiting.length ?? 0 };
};
