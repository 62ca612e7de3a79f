import { createDueQueue, type Due } from './due-queue.ts';
import type { Task } from './task.ts';

export interface WaitingTask {
  readonly task: Task;
  readonly run: () => void | Promise<void>;
}

export interface WaitingTasks {
  add(entry: WaitingTask): void;
  remove(id: number): void;
  has(id: number): boolean;
  get(id: number): WaitingTask | undefined;
  /** Infinite when none waits. */
  soonestMs(): number;
  /** Takes what is due out of the queue; each still has to be here when its turn comes. */
  takeDue(nowMs: number): readonly WaitingTask[];
  /** Soonest first. */
  inOrder(): readonly Task[];
}

export const createWaitingTasks = (): WaitingTasks => {
  const waiting = new Map<number, WaitingTask>();
  const queue = createDueQueue();

  /** The soonest that is not cancelled: a cancelled one stays in the queue until it comes first. */
  const soonest = (): Due | undefined => {
    let first = queue.peek();
    while (first && !waiting.has(first.id)) {
      queue.pop();
      first = queue.peek();
    }
    return first;
  };

  return {
    add: (entry) => {
      waiting.set(entry.task.id, entry);
      queue.push(entry.task);
    },
    remove: (id) => {
      waiting.delete(id);
    },
    has: (id) => waiting.has(id),
    get: (id) => waiting.get(id),
    soonestMs: () => soonest()?.dueAtMs ?? Number.POSITIVE_INFINITY,
    takeDue: (nowMs) => {
      const taken: WaitingTask[] = [];
      for (let first = soonest(); first && first.dueAtMs <= nowMs; first = soonest()) {
        const entry = waiting.get(first.id);
        if (entry) taken.push(entry);
        queue.pop();
      }
      return taken;
    },
    inOrder: () => [...waiting.values()].map(({ task }) => task).sort((a, b) => a.dueAtMs - b.dueAtMs || a.id - b.id),
  };
};
