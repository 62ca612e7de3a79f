import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { streamsIn } from '../../functions/kernel/stores/event-store.ts';
import type { Scan } from '../../functions/kernel/stores/scan.ts';
import type { Table } from '../../functions/kernel/stores/table.ts';
import type { JsonObject } from '../../functions/kernel/values/json.ts';
import { type TableProvider, tableProviders } from '../support/tables.ts';

const STREAMS = 20;

const numbers = Array.from({ length: STREAMS }, (_, number) => number);

describe.each(tableProviders)('a scan of a table %s', (_name, start) => {
  let provider: TableProvider;
  let table: Table & { readonly scan: Scan };

  beforeAll(async () => {
    provider = await start();
    table = await provider.open();
    for (const number of numbers) {
      const keys = [
        { pk: `STREAM#${number}`, sk: 'EVENT#0000000001' },
        { pk: `STREAM#${number}`, sk: 'EVENT#0000000002' },
        { pk: `STREAM#${number}`, sk: 'EVENT#0000000003' },
        { pk: `OTHER#${number}`, sk: 'EVENT#0000000001' },
      ];
      await table.commit(keys.map((item) => ({ kind: 'insert', item: { ...item, note: 'not read' } })));
    }
  });
  afterAll(() => provider.close());

  it('reads every key once, page by page', async () => {
    const keys: string[] = [];
    let [pages, next]: [number, JsonObject | undefined] = [0, undefined];
    do {
      const page = await table.scan.page(next);
      keys.push(...page.keys.map((key) => JSON.stringify(key)));
      next = page.next;
      pages += 1;
    } while (next);
    expect(pages).toBeGreaterThan(5);
    expect(keys).toHaveLength(4 * STREAMS);
    expect(new Set(keys).size).toBe(4 * STREAMS);
    expect(keys).toContain(JSON.stringify({ pk: 'STREAM#7', sk: 'EVENT#0000000002' }));
  });

  it('finds every stream by its first event', async () => {
    const found: string[] = [];
    let next: JsonObject | undefined;
    do {
      const page = await streamsIn(table.scan, next);
      found.push(...page.streamIds);
      next = page.next;
    } while (next);
    expect(found.map(Number).sort((a, b) => a - b)).toEqual(numbers);
  });
});
