import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { PAGE } from '../mutation/page.ts';
import { rooms } from '../mutation/rooms.ts';
import { tableRows } from './markdown.ts';

const rows = tableRows(readFileSync(PAGE, 'utf8'));

describe('docs/mutation.md', () => {
  it('has rows of rooms that there are, with the bar that is in force', () => {
    const known = rooms.map(({ name, files, bar }) => [
      name,
      files.map((file) => `\`${file}\``).join(', '),
      String(bar),
    ]);
    expect(known).toEqual(expect.arrayContaining(rows.map(([name, code, bar]) => [name, code, bar])));
  });

  it('gives figures that agree with each other and reach the bar, with date and commit', () => {
    for (const [, , ...cells] of rows) {
      const [bar = 0, mutants = 0, found = 0, equivalent = 0, score = 0] = cells.slice(0, 5).map(Number);
      expect(score).toBe(Math.floor((1000 * found) / (mutants - equivalent)) / 10);
      expect(score).toBeGreaterThanOrEqual(bar);
      expect(cells.slice(5)).toEqual([
        expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
        expect.stringMatching(/^[0-9a-f]{10}$/),
      ]);
    }
  });
});
