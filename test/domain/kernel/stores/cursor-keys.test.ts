import { beforeEach, describe, expect, it } from '@jest/globals';
import { createCursorKeys } from '../../../../functions/kernel/stores/cursor-keys.ts';
import { createMemoryTable } from '../../../../functions/kernel/stores/memory-table.ts';
import type { Table } from '../../../../functions/kernel/stores/table.ts';

const DAY_MS = 24 * 60 * 60_000;

describe('the keys of cursors', () => {
  let table: Table;
  let nowMs: number;
  let made: number;
  let reads: number;

  const keys = () =>
    createCursorKeys({
      table: {
        ...table,
        get: (key, options) => {
          reads += 1;
          return table.get(key, options);
        },
      },
      clock: { now: () => nowMs },
      newSecret: () => {
        made += 1;
        return `secret ${made}`;
      },
    });

  beforeEach(() => {
    table = createMemoryTable();
    nowMs = Date.UTC(2026, 0, 1);
    [made, reads] = [0, 0];
  });

  it('are one for all functions, whoever makes it', async () => {
    const [one, other] = await Promise.all([keys().current(), keys().current()]);
    expect(one).toEqual(other);
    expect(await keys().find(one.id)).toEqual(one);
  });

  it('sign for a week, are taken for another, and are forgotten then', async () => {
    const here = keys();
    const first = await here.current();
    nowMs += 7 * DAY_MS;
    const second = await here.current();
    expect(second.id).not.toBe(first.id);
    expect(second.secret).not.toBe(first.secret);
    expect(await here.find(first.id)).toEqual(first);
    nowMs += 7 * DAY_MS;
    expect(await here.find(first.id)).toBeUndefined();
    expect(await here.find(second.id)).toEqual(second);
    const row = await table.get({ pk: `CURSOR_KEY#${first.id}`, sk: 'KEY' }, { consistent: true });
    expect(Number(row?.expiresAt) * 1000).toBeLessThanOrEqual(nowMs + 7 * DAY_MS);
  });

  it('are none for an id that never was, and none are made by asking', async () => {
    const { id } = await keys().current();
    for (const other of ['0', String(Number(id) + 1), String(Number(id) - 1)])
      expect(await keys().find(other)).toBeUndefined();
    expect(made).toBe(1);
  });

  it('are read again after minutes, so that one is out of use when its row is deleted', async () => {
    const here = keys();
    const first = await here.current();
    const before = reads;
    expect(await here.current()).toEqual(first);
    expect(await here.find(first.id)).toEqual(first);
    expect(reads).toBe(before);
    await table.commit([{ kind: 'delete', key: { pk: `CURSOR_KEY#${first.id}`, sk: 'KEY' } }]);
    nowMs += 5 * 60_000;
    expect(await here.find(first.id)).toBeUndefined();
    expect((await here.current()).secret).not.toBe(first.secret);
  });
});
