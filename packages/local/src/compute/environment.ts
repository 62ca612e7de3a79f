import { Worker } from 'node:worker_threads';
import { patience } from '../core/patience.ts';
import type { World } from '../core/world.ts';
import { document, exited, INIT_TIMEOUT_MS, type Settled, timedOut, YOUNG_GENERATION_MB } from './ending.ts';

/** What an execution environment is made from. */
export interface EnvironmentPlan {
  readonly id: string;
  readonly functionName: string;
  /** Everything that `process.env` holds inside, `_HANDLER` and `LAMBDA_TASK_ROOT` included. */
  readonly variables: Readonly<Record<string, string>>;
  readonly memoryMb: number;
}

export interface Invocation {
  readonly requestId: string;
  readonly payload: string;
  readonly timeoutMs: number;
  /** As invoked, with the qualifier. */
  readonly functionArn: string;
  readonly traceHeader: string;
}

export interface OutputLine {
  readonly environmentId: string;
  readonly functionName: string;
  /** Empty during the init phase. */
  readonly requestId: string;
  readonly traceHeader: string;
  readonly level: string;
  readonly text: string;
}

export interface Outcome extends Settled {
  readonly durationMs: number;
  readonly environmentId: string;
  readonly coldStart: boolean;
  readonly initDurationMs?: number;
}

export interface Environment {
  readonly plan: EnvironmentPlan;
  /** Whether it can take another invocation. */
  usable(): boolean;
  /** Resolves when it is initialised, or has failed to; running it does so anyway. */
  warmUp(): Promise<void>;
  run(invocation: Invocation): Promise<Outcome>;
  terminate(): Promise<void>;
}

type Message =
  | readonly ['ready']
  | readonly ['log', requestId: string, level: string, text: string]
  | readonly ['answered' | 'failed' | 'crashed', payload: string];

const ENTRY = new URL('./worker/main.js', import.meta.url);

export const startEnvironment = (
  world: Pick<World, 'clock' | 'agenda' | 'debugging'>,
  plan: EnvironmentPlan,
  onOutput: (line: OutputLine) => void,
  onGone: (environment: Environment) => void,
): Environment => {
  const signal = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const worker = new Worker(ENTRY, {
    name: plan.functionName,
    workerData: { signal: signal.buffer, clock: world.clock.face },
    env: { ...plan.variables },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: plan.memoryMb, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  const startedAtMs = world.clock.now();
  let usable = true;
  let outOfMemory = false;
  let initDurationMs: number | undefined;
  let invocations = 0;
  let current: Pick<Invocation, 'requestId' | 'traceHeader'> = { requestId: '', traceHeader: '' };
  let crashedWith: string | undefined;
  let settle: ((settled: Settled) => void) | undefined;

  const { promise: initialised, resolve: endInit } = Promise.withResolvers<void>();

  const terminate = async () => {
    usable = false;
    await worker.terminate();
  };
  const finish = (settled: Settled) => {
    settle?.(settled);
    settle = undefined;
  };
  const crash = (payload: string) => {
    crashedWith ??= payload;
    finish({ status: 'error', payload: crashedWith });
    endInit();
    void terminate();
  };

  worker.on('message', (message: Message) => {
    switch (message[0]) {
      case 'ready':
        initDurationMs = world.clock.now() - startedAtMs;
        endInit();
        return;
      case 'log': {
        const [, requestId, level, text] = message;
        const traceHeader = requestId === current.requestId ? current.traceHeader : '';
        onOutput({ environmentId: plan.id, functionName: plan.functionName, requestId, traceHeader, level, text });
        return;
      }
      case 'answered':
        finish({ status: 'ok', payload: message[1] });
        return;
      case 'failed':
        finish({ status: 'error', payload: message[1] });
        return;
      case 'crashed':
        crash(message[1]);
    }
  });
  worker.on('error', (error: Error & { code?: string }) => {
    outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    if (!outOfMemory) crash(document(error.name, error.message));
  });
  worker.on('exit', (exitCode) => {
    crash(exited(current.requestId, exitCode, outOfMemory));
    onGone(environment);
  });

  /** Runs `work` under a guard that ends the environment when the time is up. */
  const guarded = async (timeoutMs: number, work: Promise<unknown>): Promise<void> => {
    const guard = world.agenda.schedule(
      {
        dueAtMs: world.clock.now() + patience(world, timeoutMs),
        kind: 'planned',
        what: 'time out',
        subject: plan.functionName,
      },
      () => {
        crashedWith ??= timedOut(current.requestId, timeoutMs).payload;
        finish(timedOut(current.requestId, timeoutMs));
        endInit();
        void terminate();
      },
    );
    await work;
    world.agenda.cancel(guard);
  };

  const warmUp = async () => {
    if (initDurationMs === undefined) await guarded(INIT_TIMEOUT_MS, initialised);
  };

  const environment: Environment = {
    plan,
    usable: () => usable,
    terminate,
    warmUp,
    run: async (invocation) => {
      const coldStart = invocations++ === 0;
      current = invocation;
      const settled = new Promise<Settled>((resolve) => {
        settle = resolve;
      });
      await warmUp();
      const beganAtMs = world.clock.now();
      if (crashedWith === undefined) {
        worker.postMessage([
          invocation.requestId,
          invocation.payload,
          patience(world, invocation.timeoutMs),
          invocation.functionArn,
          invocation.traceHeader,
        ]);
        Atomics.add(signal, 0, 1);
        Atomics.notify(signal, 0);
        await guarded(invocation.timeoutMs, settled);
      } else {
        finish({ status: 'error', payload: crashedWith });
      }
      return {
        ...(await settled),
        durationMs: world.clock.now() - beganAtMs,
        environmentId: plan.id,
        coldStart,
        ...(coldStart && initDurationMs !== undefined ? { initDurationMs } : {}),
      };
    },
  };
  return environment;
};
