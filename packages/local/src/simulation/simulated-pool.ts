import type { Environment, EnvironmentPlan, OutputLine } from '../compute/environment.ts';
import type { EnvironmentPool } from '../compute/environment-pool.ts';
import { countsOf, createFleet, type Deployment, type Fleet, killIn, withdraw } from '../compute/fleet.ts';
import type { LambdaFunction } from '../services/lambda/state/lambda-function.ts';
import { type Stage, startSimulatedEnvironment } from './simulated-environment.ts';

/** Of one function. Enough for two copies of a message, their retry and a client at the same time. */
const PER_FUNCTION = 4;

export interface SimulatedPoolOptions extends Stage {
  /** In place of those of the assembly, in each function that has one of the name. */
  readonly variables: Readonly<Record<string, string>>;
  /** By name, the functions of a release that serves beside: every second environment runs its code, by chance. */
  readonly beside: ReadonlyMap<string, LambdaFunction>;
  readonly onOutput: (line: OutputLine) => void;
  readonly onRetired: (plan: EnvironmentPlan) => void;
}

const withVariables = (plan: EnvironmentPlan, given: Readonly<Record<string, string>>): EnvironmentPlan => {
  const own = Object.entries(given).filter(([name]) => name in plan.variables);
  return { ...plan, variables: { ...plan.variables, ...Object.fromEntries(own) } };
};

const ofRelease = (plan: EnvironmentPlan, { variables, handler, codeFolder }: LambdaFunction): EnvironmentPlan => ({
  ...plan,
  variables: { ...plan.variables, ...variables, _HANDLER: handler, LAMBDA_TASK_ROOT: codeFolder },
});

const createPlans =
  ({ disturber, variables, beside }: Pick<SimulatedPoolOptions, 'disturber' | 'variables' | 'beside'>) =>
  (deployment: Deployment): EnvironmentPlan => {
    const plan = deployment.plan();
    const other = beside.get(plan.functionName);
    if (other === undefined || disturber.chance.next() < 0.5) return withVariables(plan, variables);
    disturber.happened('an environment of the release beside');
    return withVariables(ofRelease(plan, other), variables);
  };

const createFleets = (options: SimulatedPoolOptions) => {
  const { world, disturber, onOutput, onRetired } = options;
  const planOf = createPlans(options);
  const fleets = new Map<string, Fleet>();
  const ending = new Set<Promise<void>>();
  const skews = new Map<string, number>();

  const end = (fleet: Fleet, environment: Environment) => {
    if (!fleet.all.has(environment)) return;
    withdraw(fleet, environment);
    onRetired(environment.plan);
    const done: Promise<void> = environment.terminate().finally(() => ending.delete(done));
    ending.add(done);
  };

  const start = async (fleet: Fleet): Promise<Environment> => {
    fleet.starting++;
    await world.gate.pass('start', fleet.deployment.key);
    fleet.starting--;
    const plan = planOf(fleet.deployment);
    const skewMs = skews.get(plan.functionName) ?? disturber.skewMs();
    skews.set(plan.functionName, skewMs);
    const environment = startSimulatedEnvironment(options, plan, skewMs, onOutput, (gone) => end(fleet, gone));
    fleet.all.add(environment);
    return environment;
  };

  /** Which of several idle ones is used is AWS's affair; so is that one is not used again. */
  const takeIdle = (fleet: Fleet): Environment | undefined => {
    if (fleet.idle.length === 0) return undefined;
    const [taken] = fleet.idle.splice(Math.floor(disturber.chance.next() * fleet.idle.length), 1);
    if (!taken || !disturber.notUsedAgain()) return taken?.environment;
    end(fleet, taken.environment);
    return undefined;
  };

  const acquire = async (fleet: Fleet): Promise<Environment> => {
    const idle = takeIdle(fleet);
    if (idle) return idle;
    if (fleet.all.size - fleet.outdated.size + fleet.starting < PER_FUNCTION) return start(fleet);
    return new Promise((take) => {
      fleet.waiting.push({ sinceMs: world.clock.now(), take });
    });
  };

  return {
    find: (key: string) => fleets.get(key),
    all: (): readonly Fleet[] => [...fleets.values()],
    of: (deployment: Deployment): Fleet => {
      const known = fleets.get(deployment.key) ?? createFleet(deployment);
      fleets.set(deployment.key, known);
      return known;
    },
    end,
    acquire,
    release: (fleet: Fleet, environment: Environment) => {
      if (!environment.usable() || fleet.outdated.has(environment)) end(fleet, environment);
      else fleet.idle.push({ environment, sinceMs: world.clock.now() });
      const next = fleet.waiting.shift();
      if (next) void acquire(fleet).then(next.take);
    },
    endAll: async () => {
      for (const fleet of fleets.values()) for (const environment of [...fleet.all]) end(fleet, environment);
      await Promise.all(ending);
    },
  };
};

/** Environments that are used again, or started, as the seed has it. */
export const createSimulatedPool = (options: SimulatedPoolOptions): EnvironmentPool => {
  const fleets = createFleets(options);
  return {
    run: async (deployment, invocation) => {
      const fleet = fleets.of(deployment);
      const environment = await fleets.acquire(fleet);
      try {
        return await environment.run(invocation);
      } finally {
        fleets.release(fleet, environment);
      }
    },
    retire: (key) => {
      const fleet = fleets.find(key);
      if (!fleet) return;
      for (const { environment } of [...fleet.idle]) fleets.end(fleet, environment);
      for (const environment of fleet.all) fleet.outdated.add(environment);
    },
    kill: (environmentId) => killIn(fleets.all(), environmentId),
    environments: (key) => countsOf(fleets.find(key)),
    stop: fleets.endAll,
  };
};
