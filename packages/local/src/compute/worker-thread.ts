import { Worker } from 'node:worker_threads';
import type { World } from '../core/world.ts';
import { document, YOUNG_GENERATION_MB } from './ending.ts';

/** What a worker is started with. */
export interface WorkerPlan {
  readonly functionName: string;
  /** Everything that `process.env` holds inside, `_HANDLER` and `LAMBDA_TASK_ROOT` included. */
  readonly variables: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  /** The DNS server that answers its questions, `127.0.0.1:<port>`; absent: the one of this machine. */
  readonly resolver?: string;
}

export interface Invocation {
  readonly requestId: string;
  readonly payload: string;
  readonly timeoutMs: number;
  /** As invoked, with the qualifier. */
  readonly functionArn: string;
  readonly traceHeader: string;
}

type Message =
  | readonly ['ready' | 'rested']
  | readonly ['log', requestId: string, level: string, text: string]
  | readonly ['answered' | 'failed' | 'crashed', payload: string];

/** What a worker reports; payloads are JSON text. */
export interface WorkerEvents {
  onReady(): void;
  /** It has answered, and nothing behind the answer has ended it. */
  onRested(): void;
  onLog(requestId: string, level: string, text: string): void;
  onSettled(status: 'ok' | 'error', payload: string): void;
  /** The handler's process would have ended: the worker takes no more invocations. */
  onCrash(payload: string): void;
  /** Comes once, after everything else. */
  onExit(exitCode: number, outOfMemory: boolean): void;
}

export interface WorkerThread {
  send(invocation: Invocation): void;
  terminate(): Promise<void>;
}

const ENTRY = new URL('./worker/main.js', import.meta.url);

const dispatch = (message: Message, events: WorkerEvents): void => {
  switch (message[0]) {
    case 'ready':
      events.onReady();
      break;
    case 'rested':
      events.onRested();
      break;
    case 'log':
      events.onLog(message[1], message[2], message[3]);
      break;
    case 'answered':
      events.onSettled('ok', message[1]);
      break;
    case 'failed':
      events.onSettled('error', message[1]);
      break;
    case 'crashed':
      events.onCrash(message[1]);
  }
};

export const startWorker = ({ clock }: Pick<World, 'clock'>, plan: WorkerPlan, events: WorkerEvents): WorkerThread => {
  const signal = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const worker = new Worker(ENTRY, {
    name: plan.functionName,
    workerData: { signal: signal.buffer, clock: clock.face, resolver: plan.resolver },
    env: { ...plan.variables },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: plan.memoryMb, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  let outOfMemory = false;
  worker.on('message', (message: Message) => dispatch(message, events));
  worker.on('error', (error: Error & { code?: string }) => {
    outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    if (!outOfMemory) events.onCrash(document(error.name, error.message));
  });
  worker.on('exit', (exitCode) => events.onExit(exitCode, outOfMemory));
  return {
    send: ({ requestId, payload, timeoutMs, functionArn, traceHeader }) => {
      worker.postMessage([requestId, payload, timeoutMs, functionArn, traceHeader]);
      Atomics.add(signal, 0, 1);
      Atomics.notify(signal, 0);
    },
    terminate: async () => {
      await worker.terminate();
    },
  };
};
