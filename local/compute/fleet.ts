import type { Environment, EnvironmentPlan } from './environment.ts';

/** One version of one function, as the pool needs it. */
export interface Deployment {
  /** Unique for each function and version. */
  readonly key: string;
  /** A fresh environment: its variables carry credentials of its own. */
  plan(): EnvironmentPlan;
}

/** The environments of one deployment. */
export interface Fleet {
  readonly deployment: Deployment;
  readonly all: Set<Environment>;
  /** Busy ones that end after their invocation. */
  readonly outdated: Set<Environment>;
  /** The one used last at the end: it is taken first, so that the others can age. */
  readonly idle: { readonly environment: Environment; readonly sinceMs: number }[];
  readonly waiting: ((environment: Environment) => void)[];
}

export const createFleet = (deployment: Deployment): Fleet => ({
  deployment,
  all: new Set(),
  outdated: new Set(),
  idle: [],
  waiting: [],
});

export const withdraw = (fleet: Fleet, environment: Environment): void => {
  fleet.all.delete(environment);
  fleet.outdated.delete(environment);
  const at = fleet.idle.findIndex((entry) => entry.environment === environment);
  if (at >= 0) fleet.idle.splice(at, 1);
};
