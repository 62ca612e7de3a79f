/** Knows when nothing is at work any more. */
export interface Standstill {
  /** Between these two calls something runs that real time must pass for. */
  enter(): void;
  leave(): void;
  /** The same for the time that it takes; one such work at a time, so that they end in the order in which they began. */
  during<T>(begin: () => Promise<T>): Promise<T>;
  /** Resolves when nothing is at work, and nothing that follows from it either. */
  reached(): Promise<void>;
}

const turnOfTheLoop = () => new Promise<void>((resolve) => setImmediate(resolve));

export const createStandstill = (): Standstill => {
  let atWork = 0;
  let awake = () => {};
  let last: Promise<unknown> = Promise.resolve();

  const enter = () => {
    atWork++;
  };
  const leave = () => {
    atWork--;
    if (atWork === 0) awake();
  };
  const free = () =>
    new Promise<void>((resolve) => {
      if (atWork === 0) resolve();
      else awake = resolve;
    });

  return {
    enter,
    leave,
    during: (begin) => {
      enter();
      const work = last.then(begin);
      last = work.catch(() => undefined);
      return work.finally(leave);
    },
    reached: async () => {
      for (let calmTurns = 0; calmTurns < 2; ) {
        if (atWork > 0) {
          calmTurns = 0;
          await free();
        }
        await turnOfTheLoop();
        if (atWork === 0) calmTurns++;
      }
    },
  };
};
