/** Wakes those who wait for a change. */
export interface ChangeSignal {
  changed(): void;
  /** Once at first, and then after each change, until the signal; changes that come together are one. */
  changes(signal: AbortSignal): AsyncIterable<undefined>;
}

export const createChangeSignal = (): ChangeSignal => {
  const waiting = new Set<() => void>();
  let count = 0;

  const next = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const done = () => {
        waiting.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      waiting.add(done);
      signal.addEventListener('abort', done);
    });

  return {
    changed: () => {
      count += 1;
      for (const done of [...waiting]) done();
    },
    changes: async function* (signal) {
      for (let seen = -1; !signal.aborted; ) {
        if (seen === count) await next(signal);
        else {
          seen = count;
          yield undefined;
        }
      }
    },
  };
};
