import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { document, exited } from '../compute/ending.ts';
import type { ClockFace } from '../core/clock.ts';
import type { InProcessAnswer, InProcessRequest } from './in-process-http.ts';
import type { Standstill } from './standstill.ts';

export type Call = InProcessRequest & { readonly host: string };

/** What an environment has to say at the end of a step. */
export type Said =
  | readonly ['ready']
  | readonly ['log', requestId: string, level: string, text: string]
  | readonly ['answered' | 'failed' | 'crashed', payload: string]
  | readonly ['exited', code: number]
  | readonly ['call', call: number, request: Call]
  | readonly ['abandoned', call: number];

export type Stimulus =
  | readonly ['invoke', readonly [requestId: string, payload: string, timeoutMs: number, arn: string, trace: string]]
  | readonly ['reply', call: number, answer: InProcessAnswer]
  | readonly ['timers'];

type Step = readonly [id: number, said: readonly Said[], nextTimerMs: number | undefined];

export interface StepOptions {
  readonly functionName: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly clock: ClockFace | undefined;
  readonly seed: number;
  /** How far the clock of its host is ahead. */
  readonly skewMs: number;
  readonly standstill: Standstill;
  /** At the end of each step; the first is the start. */
  readonly onStep: (said: readonly Said[], nextTimerMs: number | undefined) => void;
  /** The thread ended by itself; answers the error document. */
  readonly onLost: (error: string) => void;
}

/** An environment's place in a thread; it stands still between steps. */
export interface StepPlace {
  /** Begins a step. */
  stimulate(stimuli: readonly Stimulus[]): void;
  end(): Promise<unknown>;
}

/** Threads that environments live in; they may serve one simulation after another. */
export interface StepThreads {
  place(options: StepOptions): StepPlace;
  stop(): Promise<void>;
}

interface Host {
  begin(options: StepOptions): StepPlace;
  stop(): Promise<unknown>;
}

const ENTRY = new URL('../compute/worker/simulated-main.js', import.meta.url);

/** Enough for all environments of a system in one thread; with more, V8 lets as much garbage lie. */
const MEMORY = { maxOldGenerationSizeMb: 768, maxYoungGenerationSizeMb: 64 };

/** `onEnd` is called when the thread ends by itself, before its environments learn of it. */
const startHost = (onEnd = () => {}): Host => {
  const signal = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const worker = new Worker(ENTRY, {
    workerData: { signal: signal.buffer },
    env: {},
    execArgv: [],
    resourceLimits: MEMORY,
  });
  // Alone it keeps no process alive: there is nothing that it could still do.
  worker.unref();
  const places = new Map<number, StepOptions>();
  /** How to say that the step of each is over. */
  const stepping = new Map<number, () => void>();
  let lastId = 0;

  const post = (id: number, stimuli: readonly unknown[]) => {
    worker.postMessage([id, stimuli]);
    Atomics.add(signal, 0, 1);
    Atomics.notify(signal, 0);
  };
  const endStep = (id: number) => {
    stepping.get(id)?.();
    stepping.delete(id);
  };
  const step = (id: number, stimuli: readonly unknown[]) => {
    const place = places.get(id);
    if (place) stepping.set(id, place.standstill.enter(`a step of ${place.functionName}`));
    post(id, stimuli);
  };
  worker.on('message', ([id, said, nextTimerMs]: Step) => {
    places.get(id)?.onStep(said, nextTimerMs);
    endStep(id);
  });
  const lose = (error: string) => {
    onEnd();
    for (const [id, { onLost }] of [...places]) {
      onLost(error);
      endStep(id);
    }
  };
  worker.on('error', (error: Error & { code?: string }) =>
    lose(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? exited('', 1, true) : document(error.name, error.message)),
  );
  worker.on('exit', (code) => lose(exited('', code, false)));

  return {
    begin: (options) => {
      const id = ++lastId;
      places.set(id, options);
      const { variables, clock, seed, skewMs } = options;
      step(id, [['start', { variables, clock: clock?.buffer, seed, skewMs }]]);
      return {
        stimulate: (stimuli) => step(id, stimuli),
        end: async () => {
          // One that is in the middle of a step is taken away when it has ended.
          if (stepping.has(id)) places.set(id, { ...options, onStep: () => places.delete(id) });
          else places.delete(id);
          post(id, [['end']]);
        },
      };
    },
    stop: () => worker.terminate(),
  };
};

/** A bundle that says it is CommonJS: its modules can be loaded again and again in one thread. */
const saysCommonJs = (folder: string): boolean => {
  try {
    const described: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return typeof described === 'object' && described !== null && 'type' in described && described.type === 'commonjs';
  } catch {
    return false;
  }
};

/**
 * One thread for all environments whose code can be loaded more than once in it, so that a cold start costs what the code
 * costs; one for each of the others.
 */
export const createStepThreads = (): StepThreads => {
  const canShare = new Map<string, boolean>();
  const own = new Set<Host>();
  let shared: Host | undefined;
  const startShared = (): Host => {
    const host = startHost(() => {
      if (shared === host) shared = undefined;
    });
    return host;
  };
  return {
    place: (options) => {
      const folder = options.variables.LAMBDA_TASK_ROOT ?? '';
      const shares = canShare.get(folder) ?? saysCommonJs(folder);
      canShare.set(folder, shares);
      if (shares) {
        shared ??= startShared();
        return shared.begin(options);
      }
      const host = startHost();
      own.add(host);
      return {
        ...host.begin(options),
        end: () => {
          own.delete(host);
          return host.stop();
        },
      };
    },
    stop: async () => {
      await Promise.all([...own, ...(shared ? [shared] : [])].map((host) => host.stop()));
      own.clear();
      shared = undefined;
    },
  };
};
