import type { World } from '../core/world.ts';
import { exited, type Settled, timedOut } from './ending.ts';
import { type Invocation, startWorker, type WorkerPlan } from './worker-thread.ts';

/** Where a worker is in its life; only the first two take invocations. */
export type Phase =
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready'; readonly initDurationMs: number }
  | { readonly kind: 'ending' }
  /** `payload` is what an invocation that comes too late is answered with. */
  | { readonly kind: 'crashed'; readonly payload: string };

/** The invocation that runs, or ran last; to settle it again changes nothing. */
interface Current {
  readonly requestId: string;
  readonly traceHeader: string;
  readonly settle: (settled: Settled) => void;
  answered: boolean;
  readonly rested: PromiseWithResolvers<void>;
}

const noInvocation = (): Current => ({
  requestId: '',
  traceHeader: '',
  settle: () => undefined,
  answered: false,
  rested: Promise.withResolvers(),
});

export interface LifeEvents {
  onLine(requestId: string, traceHeader: string, level: string, text: string): void;
  onGone(): void;
}

/** A worker with its phase and its current invocation. */
export interface WorkerLife {
  phase(): Phase;
  /** Resolves when the init phase is over, well or badly. */
  readonly initialised: Promise<void>;
  /** Makes this the current invocation; resolves when it is settled. */
  begin(invocation: Invocation): Promise<Settled>;
  /** Resolves when what runs behind the answer of the current invocation is over, well or badly. */
  rested(): Promise<void>;
  send(invocation: Invocation): void;
  timeOut(timeoutMs: number): void;
  /** Ends it in the middle of what it does, as the failure of a host does. */
  kill(): void;
  terminate(): Promise<void>;
}

export const startLife = (world: Pick<World, 'clock'>, plan: WorkerPlan, events: LifeEvents): WorkerLife => {
  const startedAtMs = world.clock.now();
  const { promise: initialised, resolve: endInit } = Promise.withResolvers<void>();
  let phase: Phase = { kind: 'starting' };
  let current = noInvocation();

  /** The first reason counts: what follows is its consequence. */
  const crash = (settled: Settled) => {
    if (phase.kind === 'ready' && current.answered) {
      events.onLine(current.requestId, current.traceHeader, 'ERROR', `ended behind its answer: ${settled.payload}`);
    }
    const { payload } = phase.kind === 'crashed' ? phase : settled;
    phase = { kind: 'crashed', payload };
    current.settle({ ...settled, payload });
    current.rested.resolve();
    endInit();
    void worker.terminate();
  };

  const worker = startWorker(world, plan, {
    onReady: () => {
      if (phase.kind === 'starting') phase = { kind: 'ready', initDurationMs: world.clock.now() - startedAtMs };
      endInit();
    },
    onRested: () => current.rested.resolve(),
    onLog: (requestId, level, text) => {
      events.onLine(requestId, requestId === current.requestId ? current.traceHeader : '', level, text);
    },
    onSettled: (status, payload) => {
      current.answered = true;
      current.settle({ status, payload });
    },
    onCrash: (payload) => crash({ status: 'error', payload }),
    onExit: (exitCode, outOfMemory) => {
      crash({ status: 'error', payload: exited(current.requestId, exitCode, outOfMemory) });
      events.onGone();
    },
  });

  return {
    phase: () => phase,
    initialised,
    begin: ({ requestId, traceHeader }) => {
      const { promise, resolve: settle } = Promise.withResolvers<Settled>();
      current = { ...noInvocation(), requestId, traceHeader, settle };
      return promise;
    },
    rested: () => current.rested.promise,
    send: worker.send,
    timeOut: (timeoutMs) => crash(timedOut(current.requestId, timeoutMs)),
    kill: () => crash({ status: 'error', payload: exited(current.requestId, 1, true) }),
    terminate: async () => {
      if (phase.kind !== 'crashed') phase = { kind: 'ending' };
      await worker.terminate();
    },
  };
};
