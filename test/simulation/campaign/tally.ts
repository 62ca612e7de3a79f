import type { Result } from '../part.ts';
import { FAULT_TYPES, timesNeeded } from './fault-types.ts';

interface Count {
  fired: number;
  seeds: number;
  survived: number;
}

export interface Tally {
  add(result: Result): void;
  done(): number;
  failures(): number;
  /** Fault, how often it fired, in how many seeds, and how many of those broke no promise. */
  table(): readonly string[];
  /** Faults that fired too seldom for so many seeds: a run without them shows nothing. */
  tooSeldom(): readonly string[];
}

export const createTally = (): Tally => {
  const counts = new Map<string, Count>();
  let done = 0;
  let failures = 0;
  return {
    add: ({ fired, story, scenario, repeatable }) => {
      const survived = story.length === 0 && repeatable;
      done += 1;
      if (!survived) failures += 1;
      const rows = fired.length > 0 ? fired : [[`none (${scenario})`, 0] as const];
      for (const [name, times] of rows) {
        const count = counts.get(name) ?? { fired: 0, seeds: 0, survived: 0 };
        counts.set(name, count);
        count.fired += times;
        count.seeds += 1;
        if (survived) count.survived += 1;
      }
    },
    done: () => done,
    failures: () => failures,
    tooSeldom: () => {
      const needed = timesNeeded(done);
      if (needed === undefined) return [];
      return FAULT_TYPES.flatMap((name) => {
        const fired = counts.get(name)?.fired ?? 0;
        return fired < needed ? [`${name} fired ${fired} times, ${needed} are needed for ${done} seeds`] : [];
      });
    },
    table: () => [
      `${'fault'.padEnd(44)}${'fired'.padStart(8)}${'seeds'.padStart(8)}${'survived'.padStart(10)}`,
      ...[...counts]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(
          ([name, { fired, seeds, survived }]) =>
            `${name.padEnd(44)}${String(fired).padStart(8)}${String(seeds).padStart(8)}${String(survived).padStart(10)}`,
        ),
    ],
  };
};
