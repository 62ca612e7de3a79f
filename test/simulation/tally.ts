import type { Played } from './play.ts';

interface Count {
  fired: number;
  seeds: number;
  survived: number;
}

export interface Tally {
  add(played: Played): void;
  failures(): number;
  /** Fault, how often it fired, in how many seeds, and how many of those broke no promise. */
  table(): readonly string[];
}

export const createTally = (): Tally => {
  const counts = new Map<string, Count>();
  let failures = 0;
  return {
    add: ({ fired, violations, scenario }) => {
      if (violations.length > 0) failures += 1;
      const rows = [...fired, ...(fired.size === 0 ? [[`none (${scenario.name})`, 0] as const] : [])];
      for (const [name, times] of rows) {
        const count = counts.get(name) ?? { fired: 0, seeds: 0, survived: 0 };
        counts.set(name, count);
        count.fired += times;
        count.seeds += 1;
        if (violations.length === 0) count.survived += 1;
      }
    },
    failures: () => failures,
    table: () => [
      `${'fault'.padEnd(36)}${'fired'.padStart(8)}${'seeds'.padStart(8)}${'survived'.padStart(10)}`,
      ...[...counts]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(
          ([name, { fired, seeds, survived }]) =>
            `${name.padEnd(36)}${String(fired).padStart(8)}${String(seeds).padStart(8)}${String(survived).padStart(10)}`,
        ),
    ],
  };
};
