import type { Clock } from './clock.ts';
import { createDueQueue, type Due } from './due-queue.ts';

/**
 * `pending` is work the system must still do (a delivery, a retry, a batch window): while any is left the system is not
 * quiet. `planned` lies in the future by design (a schedule, a message delay, a TTL sweep, a timeout guard).
 */
export type TaskKind = 'pending' | 'planned';

export interface Task {
  readonly id: number;
  readonly dueAtMs: number;
  readonly kind: TaskKind;
  /** What will happen, e.g. `retry delivery`. */
  readonly what: string;
  /** What it is done for: a resource's physical name. */
  readonly subject: string;
}

export interface Agenda {
  schedule(entry: Omit<Task, 'id'>, run: () => void | Promise<void>): Task;
  cancel(task: Task): void;
  /** Everything that waits or runs now, soonest first. */
  pending(): readonly Task[];
  /** Tracks work that has begun and is not timed, e.g. an invocation in flight, until its promise settles. */
  track<T>(entry: Omit<Task, 'id' | 'dueAtMs' | 'kind'>, work: Promise<T>): Promise<T>;
  /** Work running now, whether it came from the agenda or from `track`. */
  running(): readonly Task[];
  /** Runs what is due at the clock's now, in order of due time then insertion, and awaits it. */
  runDue(): Promise<void>;
  /** Drives the agenda by real time until `stop`: the one timer that makes things happen in the runtime. */
  start(): void;
  /** The clock was set: the timer, which counts real time, is set by what it shows now. */
  clockMoved(): void;
  stop(): void;
}

/** setTimeout overflows beyond this many milliseconds (about 24.8 days). */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What is due now runs after the current turn: setTimeout would add a millisecond to each step of a chain. */
const wakeIn = (delayMs: number, wake: () => void): (() => void) => {
  if (delayMs <= 0) {
    const immediate = setImmediate(wake);
    return () => clearImmediate(immediate);
  }
  const timeout = setTimeout(wake, Math.min(delayMs, LONGEST_TIMER_MS));
  return () => clearTimeout(timeout);
};

interface Entry {
  readonly task: Task;
  readonly run: () => void | Promise<void>;
}

export const createAgenda = (clock: Clock, onError: (task: Task, error: unknown) => void): Agenda => {
  const waiting = new Map<number, Entry>();
  const queue = createDueQueue();
  const underway = new Map<number, Task>();
  let nextId = 1;
  let cancelTimer = () => {};
  let timerDueAtMs = Number.POSITIVE_INFINITY;
  let driving = false;

  const inOrder = (a: Task, b: Task) => a.dueAtMs - b.dueAtMs || a.id - b.id;

  const begin = async ({ task, run }: Entry) => {
    waiting.delete(task.id);
    underway.set(task.id, task);
    try {
      await run();
    } catch (error) {
      onError(task, error);
    } finally {
      underway.delete(task.id);
    }
  };

  /** The soonest that is not cancelled: a cancelled one stays in the queue until it comes first. */
  const soonest = (): Due | undefined => {
    let first = queue.peek();
    while (first && !waiting.has(first.id)) {
      queue.pop();
      first = queue.peek();
    }
    return first;
  };

  /** Takes what is due out of the queue; each still has to be in `waiting` when its turn comes. */
  const takeDue = (): readonly Entry[] => {
    const nowMs = clock.now();
    const taken: Entry[] = [];
    for (let first = soonest(); first && first.dueAtMs <= nowMs; first = soonest()) {
      const entry = waiting.get(first.id);
      if (entry) taken.push(entry);
      queue.pop();
    }
    return taken;
  };

  const isWaiting = ({ task }: Entry): boolean => waiting.has(task.id);

  const arm = () => {
    if (!driving) return;
    const soonestMs = soonest()?.dueAtMs ?? Number.POSITIVE_INFINITY;
    if (soonestMs === timerDueAtMs) return;
    cancelTimer();
    timerDueAtMs = soonestMs;
    if (soonestMs === Number.POSITIVE_INFINITY) return;
    cancelTimer = wakeIn(soonestMs - clock.now(), () => {
      timerDueAtMs = Number.POSITIVE_INFINITY;
      for (const entry of takeDue()) if (isWaiting(entry)) void begin(entry);
      arm();
    });
  };

  return {
    schedule: (entry, run) => {
      const task = { ...entry, id: nextId++ };
      waiting.set(task.id, { task, run });
      queue.push(task);
      if (task.dueAtMs < timerDueAtMs) arm();
      return task;
    },
    cancel: ({ id }) => {
      waiting.delete(id);
    },
    pending: () => [...waiting.values()].map(({ task }) => task).sort(inOrder),
    track: async (entry, work) => {
      const id = nextId++;
      underway.set(id, { ...entry, id, kind: 'pending', dueAtMs: clock.now() });
      try {
        return await work;
      } finally {
        underway.delete(id);
      }
    },
    running: () => [...underway.values()],
    runDue: async () => {
      for (let entries = takeDue(); entries.length > 0; entries = takeDue()) {
        for (const entry of entries) if (isWaiting(entry)) await begin(entry);
      }
    },
    start: () => {
      driving = true;
      arm();
    },
    clockMoved: () => {
      cancelTimer();
      timerDueAtMs = Number.POSITIVE_INFINITY;
      arm();
    },
    stop: () => {
      driving = false;
      cancelTimer();
    },
  };
};
