import { Worker } from 'node:worker_threads';
import { document, exited, YOUNG_GENERATION_MB } from '../compute/ending.ts';
import type { EnvironmentPlan } from '../compute/environment.ts';
import type { ClockFace } from '../core/clock.ts';
import type { InProcessAnswer, InProcessRequest } from './in-process-http.ts';
import type { Standstill } from './standstill.ts';

export type Call = InProcessRequest & { readonly host: string };

export type Said =
  | readonly ['ready']
  | readonly ['log', requestId: string, level: string, text: string]
  | readonly ['answered' | 'failed' | 'crashed', payload: string]
  | readonly ['call', call: number, request: Call]
  | readonly ['abandoned', call: number];

export type Stimulus =
  | readonly ['invoke', readonly [requestId: string, payload: string, timeoutMs: number, arn: string, trace: string]]
  | readonly ['reply', call: number, answer: InProcessAnswer]
  | readonly ['timers'];

/** Everything of one step, and when the thread's next timer fires; or that the thread ends with it. */
type Step = readonly [said: readonly Said[], next: number | undefined | 'exits'];

/** A thread that stands still between steps. */
export interface StepThread {
  /** Begins a step. */
  stimulate(stimuli: readonly Stimulus[]): void;
  terminate(): Promise<unknown>;
}

export interface StepThreadOptions {
  readonly plan: EnvironmentPlan;
  readonly clock: ClockFace | undefined;
  readonly seed: number;
  readonly standstill: Standstill;
  /** At the end of each step; the first is its start. */
  readonly onStep: (said: readonly Said[], nextTimerMs: number | undefined) => void;
  /** It ended by itself; `exitOf` makes the error document for a request. */
  readonly onEnd: (exitOf: (requestId: string) => string) => void;
}

const ENTRY = new URL('../compute/worker/simulated-main.js', import.meta.url);

export const startStepThread = ({ plan, clock, seed, standstill, onStep, onEnd }: StepThreadOptions): StepThread => {
  const signal = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  let isStepping = true;
  standstill.enter();
  const worker = new Worker(ENTRY, {
    name: plan.functionName,
    workerData: { signal: signal.buffer, clock, seed },
    env: { ...plan.variables },
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: plan.memoryMb, maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  });
  const endStep = () => {
    if (!isStepping) return;
    isStepping = false;
    standstill.leave();
  };
  worker.on('message', ([said, next]: Step) => {
    onStep(said, next === 'exits' ? undefined : next);
    if (next !== 'exits') endStep();
  });
  worker.on('error', (error: Error & { code?: string }) => {
    const outOfMemory = error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    onEnd((requestId) => (outOfMemory ? exited(requestId, 1, true) : document(error.name, error.message)));
  });
  worker.on('exit', (exitCode) => {
    onEnd((requestId) => exited(requestId, exitCode, false));
    endStep();
  });
  return {
    stimulate: (stimuli) => {
      isStepping = true;
      standstill.enter();
      worker.postMessage(stimuli);
      Atomics.add(signal, 0, 1);
      Atomics.notify(signal, 0);
    },
    terminate: () => worker.terminate(),
  };
};
