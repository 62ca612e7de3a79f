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
  /** The same as figures. */
  counts(): Readonly<Record<string, readonly [fired: number, seeds: number, survived: number]>>;
  /** By scenario. */
  scenarios(): Readonly<Record<string, readonly [seeds: number, survived: number]>>;
  /** Faults that fired too seldom for so many seeds: a run without them shows nothing. */
  tooSeldom(): readonly string[];
}

export const createTally = (): Tally => {
  const counts = new Map<string, Count>();
  const scenarios = new Map<string, readonly [seeds: number, survived: number]>();
  let done = 0;
  let failures = 0;
  return {
    add: ({ fired, story, scenario, repeatable }) => {
      const survived = story.length === 0 && repeatable;
      done += 1;
      if (!survived) failures += 1;
      const [seeds, held] = scenarios.get(scenario) ?? [0, 0];
      scenarios.set(scenario, [seeds + 1, held + (survived ? 1 : 0)]);
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
    counts: () =>
      Object.fromEntries(
        [...counts]
          .filter(([, { fired }]) => fired > 0)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, { fired, seeds, survived }]) => [name, [fired, seeds, survived]]),
      ),
    scenarios: () => Object.fromEntries([...scenarios].sort(([a], [b]) => (a < b ? -1 : 1))),
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
