import { describe, expect, it } from '@jest/globals';
import { createMemoryTable } from '../../../../../functions/kernel/stores/memory-table.ts';
import { noteEntry } from '../../../functions/sample-items/commands/note-entry.ts';
import type { Entry } from '../../../functions/sample-items/domain/entry.ts';
import { createEntryIndex } from '../../../functions/sample-items/index/entry-index.ts';
import { followEntries } from '../../../functions/sample-items/views/follow-entries.ts';

const entry = (sku: string, version = 1, name = 'Lamp'): Entry => ({
  sku,
  name,
  price: { amount: 4900, currency: 'EUR' },
  version,
});

const skusOf = (entries: readonly Entry[]): readonly string[] => entries.map(({ sku }) => sku);

describe('the index of sample items', () => {
  const indexOf = (...entries: readonly Entry[]) => {
    const index = createEntryIndex();
    for (const each of entries) index.put(each);
    return index;
  };

  it('keeps the newest of each product, in whichever order changes come', () => {
    const [first, second] = [entry('lamp', 1, 'Lamp'), entry('lamp', 2, 'Desk lamp')];
    for (const index of [indexOf(first, second, second), indexOf(second, first)]) {
      expect(index.list({ prefix: '', after: '', size: 10 })).toEqual({ entries: [second], total: 1 });
      expect(index.put(second)).toBe(false);
    }
  });

  it('lists by sku, page by page, those that begin as asked', () => {
    const index = indexOf(entry('lamp-2'), entry('chair'), entry('lamp-1'), entry('lamp-3'));
    const first = index.list({ prefix: 'lamp', after: '', size: 2 });
    expect([skusOf(first.entries), first.total, first.next]).toEqual([['lamp-1', 'lamp-2'], 3, 'lamp-2']);
    const rest = index.list({ prefix: 'lamp', after: 'lamp-2', size: 2 });
    expect([skusOf(rest.entries), rest.total, rest.next]).toEqual([['lamp-3'], 3, undefined]);
  });

  it('is filled from the table, and learns later what was written later', async () => {
    const deps = { table: createMemoryTable(), clock: { now: () => Date.UTC(2026, 0, 1) } };
    const index = createEntryIndex();
    const { catchUp } = followEntries(deps.table, index.put);
    expect(await noteEntry(deps, entry('lamp', 2))).toBe(true);
    expect(await noteEntry(deps, entry('lamp', 1))).toBe(false);
    expect(await catchUp()).toBe(1);
    await Promise.all([noteEntry(deps, entry('lamp', 3, 'Desk lamp')), noteEntry(deps, entry('chair'))]);
    expect(await catchUp()).toBe(2);
    expect(index.list({ prefix: '', after: '', size: 10 }).entries).toEqual([
      entry('chair'),
      entry('lamp', 3, 'Desk lamp'),
    ]);
  });
});
