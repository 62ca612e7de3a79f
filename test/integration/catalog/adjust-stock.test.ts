import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { adjustStock } from '../../../functions/catalog/commands/adjust-stock.ts';
import { putProduct } from '../../../functions/catalog/commands/put-product.ts';
import { requireProduct } from '../../../functions/catalog/views/product-view.ts';
import type { Table } from '../../../functions/kernel/stores/table.ts';
import { createRecordingRuntime } from '../../support/recording-runtime.ts';
import { stockUp } from '../../support/stock-up.ts';
import { type TableProvider, tableProviders } from '../../support/tables.ts';

const product = { name: 'Tea', price: { amount: 450, currency: 'EUR' } };

/** The same table, where the reply to the first commit that changes a counter is lost. */
const losingOneReply = (table: Table): Table => {
  let lost = false;
  return {
    ...table,
    commit: async (writes) => {
      const result = await table.commit(writes);
      if (lost || writes.every(({ kind }) => kind !== 'adjust')) return result;
      lost = true;
      throw new Error('no reply');
    },
  };
};

describe.each(tableProviders)('adding to the stock %s', (_name, start) => {
  let provider: TableProvider;
  let table: Table;
  beforeAll(async () => {
    provider = await start();
  });
  beforeEach(async () => {
    table = await provider.open();
    await putProduct({ table, clock }, 'tea', product, { cause: { correlationId: 'c', causationId: 'r' } });
  });
  afterAll(() => provider.close());

  const { clock, random } = createRecordingRuntime();
  const request = (key: string, delta: number) => ({
    principal: 'root',
    method: 'POST',
    path: '/products/tea/stock',
    key,
    fingerprint: String(delta),
    remainingMs: () => 15_000,
  });
  const add = (key: string, delta: number, used = table) =>
    adjustStock(
      { table: used, clock, random },
      {
        request: request(key, delta),
        sku: 'tea',
        delta,
        cause: { correlationId: 'c', causationId: 'r' },
        readProduct: () => requireProduct(table, 'tea'),
      },
      ({ available }) => ({ status: 200, body: { available } }),
    );
  const answer = (available: number) => ({ status: 200, body: { available } });

  it('adds once for one key, and answers the same again whatever happened since', async () => {
    expect(await add('a', 10)).toMatchObject(answer(10));
    await stockUp(table, 'tea', 5);
    expect(await add('a', 10)).toMatchObject(answer(10));
    expect(await add('b', -1)).toMatchObject(answer(14));
  });

  it('adds once when the reply of the commit is lost and the client sends the request again', async () => {
    const lossy = losingOneReply(table);
    expect(await add('a', 10, lossy)).toMatchObject(answer(10));
    expect(await add('a', 10, lossy)).toMatchObject(answer(10));
    expect(await add('b', 0)).toMatchObject(answer(10));
  });

  it('adds once when two send the same request at the same time', async () => {
    const both = await Promise.allSettled([add('a', 10), add('a', 10)]);
    for (const each of both)
      expect(each).toMatchObject(
        each.status === 'fulfilled' ? { value: answer(10) } : { reason: { refusal: { code: 'request-in-progress' } } },
      );
    expect(await add('b', 0)).toMatchObject(answer(10));
  });

  it('takes no more than is there, and may be asked again when there is', async () => {
    await expect(add('a', -1)).rejects.toMatchObject({ refusal: { code: 'stock-below-zero' } });
    await stockUp(table, 'tea', 1);
    expect(await add('a', -1)).toMatchObject(answer(0));
  });

  it('takes no more than is there when orders take it in the same moment', async () => {
    await stockUp(table, 'tea', 1);
    const late: Table = {
      ...table,
      commit: async (writes) => {
        if (writes.some(({ kind }) => kind === 'adjust')) await stockUp(table, 'tea', -1);
        return await table.commit(writes);
      },
    };
    await expect(add('a', -1, late)).rejects.toMatchObject({ refusal: { code: 'stock-below-zero' } });
    expect(await add('b', 0)).toMatchObject(answer(0));
  });
});
