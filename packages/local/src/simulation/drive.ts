import type { Scheduler } from './scheduler.ts';
import type { Standstill } from './standstill.ts';

export interface Driver {
  /** Lets the system run, step by step, until `isDone`; false when nothing more can happen until `untilMs`. */
  until(isDone: () => boolean, untilMs?: number): Promise<boolean>;
  /** Lets the system run until the work has settled. Throws when it cannot settle any more. */
  settling<T>(work: Promise<T>): Promise<T>;
}

/** Several may want the system to run at once, such as two clients: their steps are the same steps. */
export const createDriver = (scheduler: Scheduler, standstill: Standstill, onStep: () => Promise<void>): Driver => {
  let last: Promise<unknown> = Promise.resolve();

  const stepUnless = async (isDone: () => boolean, untilMs: number): Promise<'done' | 'stepped' | 'stuck'> => {
    await standstill.reached();
    if (isDone()) return 'done';
    await onStep();
    return scheduler.step(untilMs) ? 'stepped' : 'stuck';
  };

  const until = async (isDone: () => boolean, untilMs = Number.POSITIVE_INFINITY): Promise<boolean> => {
    for (;;) {
      const turn = last.catch(() => undefined).then(() => stepUnless(isDone, untilMs));
      last = turn;
      const outcome = await turn;
      if (outcome !== 'stepped') return outcome === 'done';
    }
  };

  return {
    until,
    settling: async (work) => {
      let settled = false;
      const mark = () => {
        settled = true;
      };
      work.then(mark, mark);
      if (!(await until(() => settled))) {
        throw new Error(`nothing can happen any more; at gates: ${scheduler.waiting().join(', ') || 'nothing'}`);
      }
      return work;
    },
  };
};
