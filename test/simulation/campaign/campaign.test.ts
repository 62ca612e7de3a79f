import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Result } from '../part.ts';
import { FAULT_TYPES, FEWEST_SEEDS, timesNeeded } from './fault-types.ts';
import { OtherSources, openResults, withoutResult } from './kept-results.ts';
import { createTally } from './tally.ts';

const result = (seed: number, changes: Partial<Result> = {}): Result => ({
  scenario: 'orders',
  seed,
  story: [],
  without: '',
  fired: [],
  hash: 'h',
  repeatable: true,
  ...changes,
});

describe('how often faults fire', () => {
  const tallyOf = (seeds: number, times: (name: string) => number) => {
    const tally = createTally();
    const fired = FAULT_TYPES.map((name) => [name, times(name)] as const).filter(([, count]) => count > 0);
    tally.add(result(1, { fired }));
    for (let seed = 2; seed <= seeds; seed++) tally.add(result(seed));
    return tally;
  };

  it('is a hundred times per thousand seeds, and not asked of a few seeds', () => {
    expect(timesNeeded(2_000)).toBe(200);
    expect(timesNeeded(FEWEST_SEEDS)).toBe(10);
    expect(timesNeeded(FEWEST_SEEDS - 1)).toBeUndefined();
  });

  it('fails a run in which a fault fired too seldom, or never', () => {
    expect(tallyOf(200, () => 20).tooSeldom()).toEqual([]);
    const [first, second] = FAULT_TYPES;
    const seldom = tallyOf(200, (name) => (name === first ? 19 : name === second ? 0 : 20)).tooSeldom();
    expect(seldom).toEqual([
      expect.stringContaining(`${first} fired 19 times`),
      expect.stringContaining(`${second} fired 0`),
    ]);
    expect(tallyOf(10, () => 0).tooSeldom()).toEqual([]);
  });

  it('counts the seeds of a fault, and of those the ones that broke no promise', () => {
    const tally = createTally();
    tally.add(result(1, { fired: [['throttled', 2]] }));
    tally.add(result(2, { fired: [['throttled', 3]], story: ['broken'] }));
    tally.add(result(3, { fired: [['throttled', 1]], repeatable: false }));
    expect(
      tally
        .table()
        .find((line) => line.startsWith('throttled'))
        ?.split(/\s+/),
    ).toEqual(['throttled', '6', '3', '1']);
    expect([tally.done(), tally.failures()]).toEqual([3, 2]);
  });
});

describe('a file of results', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'simulate-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('keeps what was run; a line that was cut off is run again', () => {
    const file = join(folder, 'results.jsonl');
    openResults(file, 'dev-1').add(result(1));
    appendFileSync(file, '{"scenario":"ord');
    openResults(file, 'dev-1').add(result(3));
    const { results } = openResults(file, 'dev-1');
    expect(results.map(({ seed }) => seed)).toEqual([1, 3]);
    const runs = [1, 2, 3].map((seed) => ({ assemblyFolder: '', scenario: 'orders', seed, notes: false }));
    expect(withoutResult(runs, results).map(({ seed }) => seed)).toEqual([2]);
  });

  it('holds those of one state of the sources', () => {
    const file = join(folder, 'results.jsonl');
    openResults(file, 'dev-1');
    expect(() => openResults(file, 'dev-2')).toThrow(OtherSources);
  });
});
