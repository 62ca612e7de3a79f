import { describe, expect, it } from '@jest/globals';
import { groupCommits } from '../../../../functions/kernel/stores/group-commit.ts';
import { createMemoryTable } from '../../../../functions/kernel/stores/memory-table.ts';
import type { Item, Table, Write } from '../../../../functions/kernel/stores/table.ts';

const counter = (pk: string) => ({ pk, sk: 'COUNTER' });
const take = (pk: string, amount = 1): Write => ({
  kind: 'adjust',
  key: counter(pk),
  add: { left: -amount, taken: amount },
  atLeast: 0,
});
const mark = (pk: string): Write => ({ kind: 'insert', item: { pk, sk: 'MARK' } });
const row = (pk: string, left: number): Item => ({ ...counter(pk), left, taken: 0 });

/** A table in memory whose commits take a moment, and a list of how many writes each had. */
const slowTable = async (...rows: readonly Item[]) => {
  const memory = createMemoryTable();
  await memory.commit(rows.map((item) => ({ kind: 'put', item })));
  const sizes: number[] = [];
  let under = 0;
  let most = 0;
  const slow: Table = {
    ...memory,
    commit: async (writes) => {
      sizes.push(writes.length);
      under += 1;
      most = Math.max(most, under);
      await new Promise(setImmediate);
      under -= 1;
      return await memory.commit(writes);
    },
  };
  const read = async (pk: string) => await memory.get(counter(pk));
  return { table: groupCommits(slow), slow, sizes, read, most: () => most };
};

const committed = { kind: 'committed' };

describe('commits to one counter', () => {
  it('that come while one is under way go together, with its sum', async () => {
    const { table, sizes, read, most } = await slowTable(row('tea', 10));
    const results = await Promise.all(['a', 'b', 'c'].map((order) => table.commit([mark(order), take('tea', 2)])));
    expect(results).toEqual([committed, committed, committed]);
    expect(sizes).toEqual([2, 3]);
    expect(most()).toBe(1);
    expect(await read('tea')).toMatchObject({ left: 4, taken: 6 });
  });

  it('leave what the last of them sets', async () => {
    const { table, read } = await slowTable(row('tea', 9));
    const by = (order: string): Write => ({
      kind: 'adjust',
      key: counter('tea'),
      add: { left: -1 },
      set: { by: order },
    });
    await Promise.all(['a', 'b', 'c'].map((order) => table.commit([mark(order), by(order)])));
    expect(await read('tea')).toMatchObject({ left: 6, by: 'c' });
  });

  it('that fall short together are tried alone, in order', async () => {
    const { table, read } = await slowTable(row('tea', 3));
    const results = await Promise.all(['a', 'b', 'c', 'd'].map((order) => table.commit([mark(order), take('tea')])));
    expect(results).toEqual([committed, committed, committed, { kind: 'refused', refused: [1] }]);
    expect(await read('tea')).toMatchObject({ left: 0, taken: 3 });
  });

  it('that write the same row stay apart, so that the second is refused', async () => {
    const { table, read } = await slowTable(row('tea', 9));
    const orders = ['first', 'same', 'same', 'other'];
    const results = await Promise.all(orders.map((order) => table.commit([mark(order), take('tea')])));
    expect(results).toEqual([committed, committed, { kind: 'refused', refused: [0] }, committed]);
    expect(await read('tea')).toMatchObject({ left: 6, taken: 3 });
  });

  it('stay within what one transaction may hold', async () => {
    const { table, sizes, read } = await slowTable(row('tea', 1_000));
    const marks = (order: number) => Array.from({ length: 40 }, (_, index) => mark(`${order}-${index}`));
    await Promise.all([1, 2, 3, 4].map((order) => table.commit([...marks(order), take('tea')])));
    expect(sizes).toEqual([41, 81, 41]);
    expect(await read('tea')).toMatchObject({ taken: 4 });
  });

  it('wait for nothing that other counters do, and for each of their own', async () => {
    const { table, sizes, read, most } = await slowTable(row('tea', 9), row('mug', 9));
    await Promise.all([
      table.commit([mark('a'), take('tea')]),
      table.commit([mark('b'), take('mug')]),
      table.commit([mark('c'), take('tea'), take('mug')]),
    ]);
    expect(most()).toBe(2);
    expect(sizes).toEqual([2, 2, 3]);
    expect([await read('tea'), await read('mug')]).toMatchObject([{ taken: 2 }, { taken: 2 }]);
  });

  it('that fail fail for all who are in them, and those after go on', async () => {
    const { slow, read } = await slowTable(row('tea', 9));
    let calls = 0;
    const table = groupCommits({
      ...slow,
      commit: async (writes) => {
        calls += 1;
        if (calls === 2) throw new Error('the table is away');
        return await slow.commit(writes);
      },
    });
    const all = await Promise.allSettled(['a', 'b', 'c'].map((order) => table.commit([mark(order), take('tea')])));
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(await table.commit([mark('b'), take('tea')])).toEqual(committed);
    expect(await read('tea')).toMatchObject({ taken: 2 });
  });
});
