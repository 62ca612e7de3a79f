import type { Task } from './task.ts';

/** What a service is to have. */
export interface Aim {
  readonly desired: number;
  /** Of the desired number, in percent: how many take requests at least, and how many run at most. */
  readonly minPercent: number;
  readonly maxPercent: number;
  /** Whether a task belongs to the newest deployment. */
  isNew(task: Task): boolean;
}

export interface Moves {
  readonly start: number;
  readonly stop: readonly Task[];
}

const isIll = (task: Task): boolean => task.health() === 'UNHEALTHY';
const countUp = (tasks: readonly Task[]): number => tasks.filter((task) => task.isUp()).length;

/**
 * The next moves of a rolling deployment: new tasks start while there is room for them, and others stop while enough take
 * requests. `running` are the tasks that nothing has stopped, the oldest first.
 */
export const nextMoves = (running: readonly Task[], { desired, minPercent, maxPercent, isNew }: Aim): Moves => {
  const atLeast = Math.ceil((desired * minPercent) / 100);
  const atMost = Math.max(Math.floor((desired * maxPercent) / 100), 1);
  const ill = running.filter(isIll);
  const fit = running.filter((task) => !isIll(task));
  const [young, old] = [fit.filter(isNew), fit.filter((task) => !isNew(task))];
  const wanted = Math.max(0, desired - young.length);
  const start = Math.min(wanted, Math.max(0, atMost - running.length));

  const surplus = young.toSorted((a, b) => Number(b.isUp()) - Number(a.isUp())).slice(desired);
  const stop = [...old.filter((task) => !task.isUp()), ...surplus];
  const spare = Math.max(0, countUp(fit.filter((task) => !stop.includes(task))) - atLeast);
  stop.push(...old.filter((task) => task.isUp()).slice(0, spare));
  const isEnough = countUp(fit.filter((task) => !stop.includes(task))) >= atLeast;
  // One that is ill stays until its successor is there, and makes room for it when there is no other room.
  stop.push(...(isEnough ? ill : ill.slice(0, wanted - start)));
  return { start, stop };
};
