import type { Task } from './agenda/task.ts';
import { createWaitingTasks, type WaitingTask } from './agenda/waiting-tasks.ts';
import { createWakeTimer } from './agenda/wake-timer.ts';
import type { Clock } from './clock.ts';

export interface Agenda {
  schedule(entry: Omit<Task, 'id'>, run: () => void | Promise<void>): Task;
  cancel(task: Task): void;
  /** Everything that waits or runs now, soonest first. */
  pending(): readonly Task[];
  /** Tracks work that has begun and is not timed, e.g. an invocation in flight, until its promise settles. */
  track<T>(entry: Omit<Task, 'id' | 'dueAtMs' | 'kind'>, work: Promise<T>): Promise<T>;
  /** Work running now, whether it came from the agenda or from `track`. */
  running(): readonly Task[];
  /** Begins one that waits, whenever it is due, and does not await it; true if there was one. */
  begin(task: Task): boolean;
  /** Runs what is due at the clock's now, in order of due time then insertion, and awaits it. */
  runDue(): Promise<void>;
  /** Drives the agenda by real time until `stop`: the one timer that makes things happen in the runtime. */
  start(): void;
  /** The clock was set: the timer, which counts real time, is set by what it shows now. */
  clockMoved(): void;
  stop(): void;
}

export const createAgenda = (clock: Clock, onError: (task: Task, error: unknown) => void): Agenda => {
  const waiting = createWaitingTasks();
  const underway = new Map<number, Task>();
  let nextId = 1;
  let driving = false;

  const begin = async ({ task, run }: WaitingTask) => {
    waiting.remove(task.id);
    underway.set(task.id, task);
    try {
      await run();
    } catch (error) {
      onError(task, error);
    } finally {
      underway.delete(task.id);
    }
  };

  const timer = createWakeTimer(clock, () => {
    for (const entry of waiting.takeDue(clock.now())) if (waiting.has(entry.task.id)) void begin(entry);
    arm();
  });

  const arm = () => {
    if (driving) timer.setTo(waiting.soonestMs());
  };

  return {
    schedule: (entry, run) => {
      const task = { ...entry, id: nextId++ };
      waiting.add({ task, run });
      if (task.dueAtMs < timer.dueAtMs()) arm();
      return task;
    },
    cancel: ({ id }) => waiting.remove(id),
    pending: () => waiting.inOrder(),
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
    begin: ({ id }) => {
      const entry = waiting.get(id);
      if (entry) void begin(entry);
      return entry !== undefined;
    },
    runDue: async () => {
      for (let due = waiting.takeDue(clock.now()); due.length > 0; due = waiting.takeDue(clock.now())) {
        for (const entry of due) if (waiting.has(entry.task.id)) await begin(entry);
      }
    },
    start: () => {
      driving = true;
      arm();
    },
    clockMoved: () => {
      timer.clear();
      arm();
    },
    stop: () => {
      driving = false;
      timer.clear();
    },
  };
};
