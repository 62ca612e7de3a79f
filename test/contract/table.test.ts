import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Item, Table } from '../../functions/kernel/stores/table.ts';
import { type TableProvider, tableProviders } from '../support/tables.ts';

const key = (sk: string, pk = 'p') => ({ pk, sk });
const row = (sk: string, more: object = {}): Item => ({ pk: 'p', sk, ...more });
const insert = (sk: string, more: object = {}) => ({ kind: 'insert', item: row(sk, more) }) as const;
const committed = { kind: 'committed' };
const refused = (...positions: number[]) => ({ kind: 'refused', refused: positions });

describe.each(tableProviders)('a table %s', (_name, start) => {
  let provider: TableProvider;
  let table: Table;
  beforeAll(async () => {
    provider = await start();
  });
  beforeEach(async () => {
    table = await provider.open();
  });
  afterAll(() => provider.close());
  const read = (sk: string) => table.get(key(sk), { consistent: true });

  it('gives back every kind of JSON exactly, without members that are undefined', async () => {
    const value = {
      text: 'ä\u0000🙂',
      empty: '',
      n: -0.5,
      big: 9007199254740991,
      yes: true,
      none: null,
      list: [1, [], {}],
      map: { a: { b: [] } },
    };
    await table.commit([insert('a', { value, gone: undefined })]);
    expect(await read('a')).toEqual(row('a', { value }));
    expect(await read('b')).toBeUndefined();
  });

  it('inserts only where nothing is', async () => {
    expect(await table.commit([insert('a', { n: 1 })])).toEqual(committed);
    expect(await table.commit([insert('a', { n: 2 })])).toEqual(refused(0));
    expect(await read('a')).toEqual(row('a', { n: 1 }));
  });

  it('inserts over what has expired by the given second, and over nothing else', async () => {
    await table.commit([insert('a', { expiresAt: 100 }), insert('forever')]);
    expect(await table.commit([{ ...insert('a'), overExpiredBefore: 99 }])).toEqual(refused(0));
    expect(await table.commit([{ ...insert('forever'), overExpiredBefore: 999 }])).toEqual(refused(0));
    expect(await table.commit([{ ...insert('a', { n: 2 }), overExpiredBefore: 100 }])).toEqual(committed);
    expect(await read('a')).toEqual(row('a', { n: 2 }));
  });

  it('puts unconditionally, or over the expected version only', async () => {
    expect(await table.commit([{ kind: 'put', item: row('a', { version: 1 }) }])).toEqual(committed);
    const second = { kind: 'put', item: row('a', { version: 2 }), expectedVersion: 1 } as const;
    expect(await table.commit([second])).toEqual(committed);
    expect(await table.commit([second])).toEqual(refused(0));
    expect(await table.commit([{ kind: 'put', item: row('none'), expectedVersion: 1 }])).toEqual(refused(0));
  });

  it('adjusts numbers, never below the minimum, and never an item that is not there', async () => {
    await table.commit([insert('a', { free: 3, held: 0 })]);
    const hold = { kind: 'adjust', key: key('a'), add: { free: -2, held: 2 }, atLeast: 0 } as const;
    expect(await table.commit([hold])).toEqual(committed);
    expect(await table.commit([hold])).toEqual(refused(0));
    expect(await read('a')).toEqual(row('a', { free: 1, held: 2 }));
    expect(await table.commit([{ kind: 'adjust', key: key('none'), add: { n: 1 } }])).toEqual(refused(0));
    expect(await table.commit([{ kind: 'adjust', key: key('a'), add: { fresh: 4 }, atLeast: 0 }])).toEqual(committed);
    expect(await table.commit([{ kind: 'adjust', key: key('a'), add: { other: -1 }, atLeast: 0 }])).toEqual(refused(0));
    expect(await read('a')).toEqual(row('a', { free: 1, held: 2, fresh: 4 }));
  });

  it('deletes unconditionally, or the expected version only', async () => {
    await table.commit([insert('a', { version: 1 }), insert('b')]);
    expect(await table.commit([{ kind: 'delete', key: key('a'), expectedVersion: 2 }])).toEqual(refused(0));
    expect(await table.commit([{ kind: 'delete', key: key('a'), expectedVersion: 1 }])).toEqual(committed);
    expect(
      await table.commit([
        { kind: 'delete', key: key('a') },
        { kind: 'delete', key: key('b') },
      ]),
    ).toEqual(committed);
    expect(await read('b')).toBeUndefined();
  });

  it('checks presence, version and absence without writing', async () => {
    await table.commit([insert('a', { version: 3 })]);
    const check = (sk: string, expectedVersion?: number) =>
      ({ kind: 'check', key: key(sk), ...(expectedVersion === undefined ? {} : { expectedVersion }) }) as const;
    expect(await table.commit([check('a')])).toEqual(committed);
    expect(await table.commit([check('a', 3), { kind: 'absent', key: key('b') }])).toEqual(committed);
    expect(await table.commit([check('a', 4), check('b'), { kind: 'absent', key: key('a', 'q') }])).toEqual(
      refused(0, 1),
    );
    expect(await table.commit([{ kind: 'absent', key: key('a') }])).toEqual(refused(0));
  });

  it('commits all or nothing and names every refused position', async () => {
    await table.commit([insert('b'), insert('d')]);
    expect(await table.commit([insert('a'), insert('b'), insert('c'), insert('d')])).toEqual(refused(1, 3));
    expect(await read('a')).toBeUndefined();
    expect(await read('c')).toBeUndefined();
  });

  it('takes a hundred writes, and throws for more, for none, and for two on one key', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, n) => insert(String(n)));
    expect(await table.commit(many(100))).toEqual(committed);
    await expect(table.commit(many(101))).rejects.toThrow();
    await expect(table.commit([])).rejects.toThrow();
    await expect(table.commit([insert('x'), { kind: 'absent', key: key('x') }])).rejects.toThrow();
  });

  it('replaces members in the write that adds', async () => {
    await table.commit([{ kind: 'put', item: { ...key('a'), free: 5, cause: 'first', kept: true } }]);
    const set = { cause: { id: 'second' }, messages: [1, 'two'] };
    expect(await table.commit([{ kind: 'adjust', key: key('a'), add: { free: -2 }, atLeast: 0, set }])).toEqual(
      committed,
    );
    expect(await table.get(key('a'), { consistent: true })).toEqual({ ...key('a'), free: 3, kept: true, ...set });
    expect(
      await table.commit([{ kind: 'adjust', key: key('a'), add: { free: -4 }, atLeast: 0, set: { cause: 'third' } }]),
    ).toEqual(refused(0));
    expect(await table.get(key('a'), { consistent: true })).toMatchObject(set);
  });

  it('lets one of many parallel writers win, and loses no adjustment', async () => {
    await table.commit([insert('stock', { free: 10 })]);
    const inserts = await Promise.all(Array.from({ length: 20 }, (_, n) => table.commit([insert('one', { n })])));
    expect(inserts.filter(({ kind }) => kind === 'committed')).toHaveLength(1);
    const take = { kind: 'adjust', key: key('stock'), add: { free: -1 }, atLeast: 0 } as const;
    const takes = await Promise.all(Array.from({ length: 15 }, () => table.commit([take])));
    expect(takes.filter(({ kind }) => kind === 'committed')).toHaveLength(10);
    expect(await read('stock')).toEqual(row('stock', { free: 0 }));
  });

  describe('queried', () => {
    const sorts = async (query: object, limit = 10): Promise<string[]> =>
      (await table.query({ pk: 'p', limit, ...query })).items.map(({ sk }) => sk);
    beforeEach(() =>
      table.commit(['A#1', 'A#2', 'A#3', 'B#1'].map((sk, n) => insert(sk, { gsi1pk: 'g', gsi1sk: `S#${9 - n}` }))),
    );

    it('selects by partition, prefix and lower bound, in both directions', async () => {
      expect(await sorts({})).toEqual(['A#1', 'A#2', 'A#3', 'B#1']);
      expect(await sorts({ pk: 'q' })).toEqual([]);
      expect(await sorts({ skPrefix: 'A#', newestFirst: true })).toEqual(['A#3', 'A#2', 'A#1']);
      expect(await sorts({ skAfter: 'A#2' })).toEqual(['A#3', 'B#1']);
      expect(await sorts({ skPrefix: 'A#', skAfter: 'A#1', consistent: true })).toEqual(['A#2', 'A#3']);
      expect(await sorts({ skPrefix: 'B#', skAfter: 'A#1' })).toEqual(['B#1']);
      expect(await sorts({ skPrefix: 'A#', skAfter: 'B#' })).toEqual([]);
    });

    it('finds in the second index what has its keys, for as long as it has them, and gives the keys alone', async () => {
      const keys = { gsi2pk: 'open', gsi2sk: '2026' };
      await table.commit([insert('C#1', { ...keys, free: 1 }), insert('C#2', { ...keys, free: 2 })]);
      await table.commit([{ kind: 'put', item: row('C#1', { free: 1 }) }]);
      const { items } = await table.query({ index: 'gsi2', pk: 'open', limit: 10 });
      expect(items).toEqual([{ ...key('C#2'), ...keys }]);
    });

    it.each([
      ['table', {}, ['A#1', 'A#2', 'A#3', 'B#1']],
      ['index', { index: 'gsi1', pk: 'g' }, ['B#1', 'A#3', 'A#2', 'A#1']],
      ['index from the end', { index: 'gsi1', pk: 'g', newestFirst: true }, ['A#1', 'A#2', 'A#3', 'B#1']],
    ] as const)('pages through the %s without an empty last page', async (_where, query, expected) => {
      const first = await table.query({ pk: 'p', limit: 2, ...query });
      expect(first.next).toBeDefined();
      const second = await table.query({ pk: 'p', limit: 2, ...query, ...(first.next && { start: first.next }) });
      expect(second.next).toBeUndefined();
      expect([...first.items, ...second.items].map(({ sk }) => sk)).toEqual(expected);
    });

    it.each([
      ['of another partition', {}, { pk: 'q', sk: 'A#1' }],
      ['without a sort key', {}, { pk: 'p' }],
      ['with an attribute more', {}, { pk: 'p', sk: 'A#1', gsi1pk: 'g' }],
      ['with a number', {}, { pk: 'p', sk: 1 }],
      ['with an empty key', {}, { pk: 'p', sk: '' }],
      ['with half a character', {}, { pk: 'p', sk: 'A#\ud800' }],
      ['longer than a key may be', {}, { pk: 'p', sk: `A#${'ä'.repeat(512)}` }],
      ['outside the prefix', { skPrefix: 'A#' }, { pk: 'p', sk: 'B#1' }],
      ['below the lower bound', { skAfter: 'A#2' }, { pk: 'p', sk: 'A#1' }],
      ['of the table in the index', { index: 'gsi1', pk: 'g' }, { pk: 'p', sk: 'A#1' }],
      [
        'of another partition of the index',
        { index: 'gsi1', pk: 'g' },
        { pk: 'p', sk: 'A#1', gsi1pk: 'h', gsi1sk: 'S#9' },
      ],
    ] as const)('refuses a start %s', async (_what, query, start) => {
      await expect(table.query({ pk: 'p', limit: 2, ...query, start })).rejects.toThrow(
        expect.objectContaining({ refusal: expect.objectContaining({ outcome: 'invalid', code: 'invalid-cursor' }) }),
      );
    });
  });
});
