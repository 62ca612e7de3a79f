import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { tableRows } from './markdown.ts';

const PAGE = 'docs/architecture.md';
const section = readFileSync(PAGE, 'utf8').split('\n## The files that an order passes\n')[1]?.split('\n## ')[0] ?? '';

const files = tableRows(section).map(([, cell = '']) =>
  posix.join(posix.dirname(PAGE), /\]\(([^)]+)\)/.exec(cell)?.[1] ?? ''),
);

describe('the files that an order passes, from the contract to the decision', () => {
  it('are at most seven, each below a hundred lines', () => {
    expect(files[0]).toBe('functions/orders/api.contract.ts');
    expect(files.at(-1)).toBe('functions/orders/domain/order-decider.ts');
    expect(files.length).toBeLessThanOrEqual(7);
    expect(files.filter((file) => readFileSync(file, 'utf8').trimEnd().split('\n').length >= 100)).toEqual([]);
  });
});
