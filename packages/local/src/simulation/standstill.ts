import { afterRealTime } from '../core/clock.ts';

/** Knows when nothing is at work any more. */
export interface Standstill {
  /** From now on something runs that real time must pass for; answers how to say that it is over. */
  enter(what: string): () => void;
  /** The same for the time that it takes; one such work at a time, so that they end in the order in which they began. */
  during<T>(what: string, begin: () => Promise<T>): Promise<T>;
  /**
   * Resolves when nothing is at work, and nothing that follows from it either. Rejects, with what is at work, when that
   * takes too long: code that never gives control back would hold up the simulation for ever.
   */
  reached(): Promise<void>;
}

const turnOfTheLoop = () => new Promise<void>((resolve) => setImmediate(resolve));

export const createStandstill = (patienceMs: number): Standstill => {
  const atWork = new Map<number, string>();
  let lastId = 0;
  let awake = () => {};
  let last: Promise<unknown> = Promise.resolve();

  const enter = (what: string) => {
    const id = ++lastId;
    atWork.set(id, what);
    return () => {
      atWork.delete(id);
      if (atWork.size === 0) awake();
    };
  };

  const free = () =>
    new Promise<void>((resolve, reject) => {
      const names = () => [...new Set(atWork.values())].join(', ');
      const cancel = afterRealTime(patienceMs, () =>
        reject(new Error(`at work for ${patienceMs} ms of real time: ${names()}`)),
      );
      awake = () => {
        cancel();
        resolve();
      };
    });

  return {
    enter,
    during: (what, begin) => {
      const leave = enter(what);
      const work = last.then(begin);
      last = work.catch(() => undefined);
      return work.finally(leave);
    },
    reached: async () => {
      for (let calmTurns = 0; calmTurns < 2; ) {
        if (atWork.size > 0) {
          calmTurns = 0;
          await free();
        }
        await turnOfTheLoop();
        if (atWork.size === 0) calmTurns++;
      }
    },
  };
};
