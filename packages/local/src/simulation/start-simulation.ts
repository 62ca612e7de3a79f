import { type MovableClock, manualClock } from '../core/clock.ts';
import type { TokenRequest } from '../core/ports.ts';
import { seededRandom } from '../core/random.ts';
import type { World } from '../core/world.ts';
import { createServices } from '../runtime/services.ts';
import { type Runtime, startRuntime } from '../runtime/start-runtime.ts';
import type { LambdaFunction } from '../services/lambda/state/lambda-function.ts';
import { createDisturber, type Disturbance, type Rarity, RESTLESS } from './disturbance.ts';
import { createDriver, type Driver } from './drive.ts';
import { createInProcessHttp } from './in-process-http.ts';
import { type Interceptor, NO_INTERCEPTOR } from './interception.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import { type ClientAnswer, type ClientRequest, createClient } from './simulated-client.ts';
import { createSimulatedPool } from './simulated-pool.ts';
import { createStandstill } from './standstill.ts';
import { createStepThreads, type StepThreads } from './step-threads.ts';
import { createTrace } from './trace.ts';

export interface SimulationOptions {
  /** What `cdk synth` wrote. */
  readonly assemblyFolder: string;
  readonly seed: number;
  /** Another release of the same system, whose code serves beside: each environment runs one or the other, by the seed. */
  readonly beside?: string;
  /** Default: Sunday 2026-11-01T12:00:00Z. */
  readonly startsAtMs?: number;
  /** What differs from RESTLESS. */
  readonly disturbance?: Partial<Disturbance>;
  /** Of functions, in place of those of the assembly, where a function has one of the name. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Those of the simulation before, so that its threads need not start again; default: threads of its own. */
  readonly threads?: StepThreads;
  /** Of the calls that functions make; what it does must follow from the seed. Default: lets all be. */
  readonly interceptor?: Interceptor;
  /** Whether the journal says how many capacity units calls of DynamoDB consume. */
  readonly metered?: boolean;
  /** Each time that AWS does what it seldom does. */
  readonly onRarity?: (rarity: Rarity) => void;
  /** How much longer than its call a transaction is under way; default 8 ms. */
  readonly transactionMs?: number;
  /** How much real time one step may take; default 60 s. */
  readonly patienceMs?: number;
  /** Each line that goes into the trace hash. */
  readonly onNote?: (line: string) => void;
}

export interface SimulatedQuiet {
  readonly quiet: boolean;
  readonly nowMs: number;
  /** What waits at gates, runs or is pending. */
  readonly waitingFor: readonly string[];
}

export interface Simulation {
  readonly runtime: Runtime;
  readonly world: World;
  /** What a client sends and gets are steps of the run as well. */
  request(request: ClientRequest): Promise<ClientAnswer>;
  token(request: TokenRequest): Promise<string>;
  /** Lets the system run until this work has settled, e.g. an invocation. */
  settling<T>(work: Promise<T>): Promise<T>;
  /** Lets this much time pass. */
  sleep(ms: number): Promise<void>;
  /** Lets the system run until nothing is under way or pending, but no longer than `maxVirtualMs`. */
  runUntilQuiet(options: { readonly maxVirtualMs: number }): Promise<SimulatedQuiet>;
  /** Changes how much AWS does that it seldom does, from here on. */
  disturb(disturbance: Partial<Disturbance>): void;
  /** Called before each step, while everything stands still, and waited for. An error that it throws ends the run. */
  onStep(listener: () => Promise<void> | undefined): void;
  /** How many steps there were. */
  steps(): number;
  traceHash(): string;
  stop(): Promise<void>;
}

const STARTS_AT_MS = Date.UTC(2026, 10, 1, 12);

/** The runtime with the parts of a simulation instead of its own. */
const assemble = async (options: SimulationOptions, threads: StepThreads, disturbance: () => Disturbance) => {
  const { assemblyFolder, seed, startsAtMs = STARTS_AT_MS, interceptor = NO_INTERCEPTOR, onNote } = options;
  const { onRarity = () => {}, transactionMs = 8, variables = {} } = options;
  const clock = manualClock(startsAtMs);
  const disturber = createDisturber(seededRandom(seed), disturbance, onRarity);
  const trace = createTrace(onNote);
  const http = createInProcessHttp();
  const standstill = createStandstill(options.patienceMs ?? 60_000);
  const beside = new Map<string, LambdaFunction>();
  let agenda: World['agenda'] | undefined;
  const theAgenda = () => {
    if (!agenda) throw new Error('the system has not been started');
    return agenda;
  };
  const scheduler = createScheduler({ clock, disturber, trace, standstill, agenda: theAgenda });
  const runtime = await startRuntime({
    assemblyFolder,
    clock,
    random: seededRandom(Math.imul(seed, 0x9e3779b1)),
    gate: scheduler.gate,
    listen: http.listen,
    metered: options.metered ?? false,
    tasks: 'none',
    services: (world, given) => {
      agenda = world.agenda;
      const stage = { world, standstill, http, threads, interceptor, disturber, variables, beside };
      const createPool: typeof given.createPool = (onOutput, onRetired) =>
        createSimulatedPool({ ...stage, onOutput, onRetired });
      return createServices(world, {
        ...given,
        datagrams: false,
        createPool,
        contention: { conflicts: true, transactionMs },
      });
    },
  });
  if (options.beside !== undefined) for (const fn of await runtime.functionsOf(options.beside)) beside.set(fn.name, fn);
  return { clock, trace, http, standstill, scheduler, runtime };
};

const underWay = ({ agenda }: World, scheduler: Scheduler): readonly string[] => [
  ...scheduler.waiting(),
  ...[...agenda.running(), ...agenda.pending()]
    .filter(({ kind }) => kind === 'pending')
    .map(({ what, subject }) => `${what} ${subject}`),
];

const untilQuiet = async (
  driver: Driver,
  clock: MovableClock,
  waitingFor: () => readonly string[],
  maxVirtualMs: number,
): Promise<SimulatedQuiet> => {
  const untilMs = clock.now() + maxVirtualMs;
  const quiet = await driver.until(() => waitingFor().length === 0, untilMs);
  if (!quiet) clock.set(untilMs);
  return { quiet, nowMs: clock.now(), waitingFor: waitingFor() };
};

/**
 * Runs an assembly under a seed: one step at a time, on a clock that moves when nothing else does. The same seed and
 * assembly give the same run.
 */
export const startSimulation = async (options: SimulationOptions): Promise<Simulation> => {
  let disturbance = { ...RESTLESS, ...options.disturbance };
  const threads = options.threads ?? createStepThreads();
  const { clock, trace, http, standstill, scheduler, runtime } = await assemble(options, threads, () => disturbance);
  const { world } = runtime;
  const listeners: (() => Promise<void> | undefined)[] = [];
  let steps = 0;
  const driver = createDriver(scheduler, standstill, async () => {
    for (const listener of listeners) await listener();
    steps++;
  });
  const send = createClient(scheduler.gate, http, runtime.apiUrl);
  return {
    runtime,
    world,
    request: (request) => driver.settling(send(request)),
    token: (request) => standstill.during('a token', () => world.need('issuers').issue(request)),
    settling: driver.settling,
    sleep: (ms) => {
      const task = { dueAtMs: clock.now() + ms, kind: 'planned', what: 'wait', subject: 'client' } as const;
      return driver.settling(new Promise<void>((resolve) => void world.agenda.schedule(task, resolve)));
    },
    runUntilQuiet: ({ maxVirtualMs }) => untilQuiet(driver, clock, () => underWay(world, scheduler), maxVirtualMs),
    disturb: (next) => {
      disturbance = { ...disturbance, ...next };
    },
    onStep: (listener) => {
      listeners.push(listener);
    },
    steps: () => steps,
    traceHash: trace.hash,
    stop: async () => {
      await runtime.stop();
      if (!options.threads) await threads.stop();
    },
  };
};
