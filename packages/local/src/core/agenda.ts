import type { Task } from './agenda/task.ts';
import { createUnderway } from './agenda/underway.ts';
import { createWaitingTasks, type WaitingTask } from './agenda/waiting-tasks.ts';
import { createWakeTimer } from './agenda/wake-timer.ts';
import type { Clock } from './clock.ts';

export interface Agenda {
  schedule(entry: Omit<Task, 'id'>, run: () => void | Promise<void>): Task;
  cancel(task: Task): void;
  /** Everything that waits or runs now, soonest first. */
  pending(): readonly Task[];
  /** When the next of what waits is due; infinite when none waits. */
  soonestMs(): number;
  /** Tracks work that has begun and is not timed, e.g. an invocation in flight, until its promise settles. */
  track<T>(entry: Omit<Task, 'id' | 'dueAtMs' | 'kind'>, work: Promise<T>): Promise<T>;
  /** The same for work that nothing waits for: its failure is reported as that of a task. */
  follow(entry: Omit<Task, 'id' | 'dueAtMs' | 'kind'>, work: Promise<unknown>): void;
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
  let nextId = 1;
  const underway = createUnderway(clock, () => nextId++, onError);
  let driving = false;

  const begin = ({ task, run }: WaitingTask): Promise<void> => {
    waiting.remove(task.id);
    return underway.run(task, run);
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
    soonestMs: waiting.soonestMs,
    track: underway.track,
    follow: underway.follow,
    running: underway.running,
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
