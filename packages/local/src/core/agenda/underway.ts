import type { Clock } from '../clock.ts';
import type { Task } from './task.ts';

type Entry = Omit<Task, 'id' | 'dueAtMs' | 'kind'>;

/** Work that has begun and has not ended. */
export const createUnderway = (clock: Clock, nextId: () => number, onError: (task: Task, error: unknown) => void) => {
  const tasks = new Map<number, Task>();

  const enter = (entry: Entry): Task => {
    const task = { ...entry, id: nextId(), kind: 'pending', dueAtMs: clock.now() } as const;
    tasks.set(task.id, task);
    return task;
  };

  return {
    run: async (task: Task, run: () => void | Promise<void>): Promise<void> => {
      tasks.set(task.id, task);
      try {
        await run();
      } catch (error) {
        onError(task, error);
      } finally {
        tasks.delete(task.id);
      }
    },
    track: async <T>(entry: Entry, work: Promise<T>): Promise<T> => {
      const { id } = enter(entry);
      try {
        return await work;
      } finally {
        tasks.delete(id);
      }
    },
    follow: (entry: Entry, work: Promise<unknown>): void => {
      const task = enter(entry);
      work.catch((error: unknown) => onError(task, error)).finally(() => tasks.delete(task.id));
    },
    running: (): readonly Task[] => [...tasks.values()],
  };
};
