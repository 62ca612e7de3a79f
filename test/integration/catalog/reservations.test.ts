import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { stockChangedV1 } from '../../../events/contracts/catalog/stock-changed.v1.ts';
import { releaseStock, reserveStock } from '../../../functions/catalog/commands/decide-reservation.ts';
import { putProduct } from '../../../functions/catalog/commands/put-product.ts';
import { stockKey } from '../../../functions/catalog/rows/product-rows.ts';
import { listProducts } from '../../../functions/catalog/views/product-view.ts';
import { derivedMessages } from '../../../functions/kernel/stores/derived-messages.ts';
import type { OutboxMessage } from '../../../functions/kernel/stores/outbox.ts';
import type { Table } from '../../../functions/kernel/stores/table.ts';
import { messageOf } from '../../support/messages.ts';
import { createRecordingRuntime } from '../../support/recording-runtime.ts';
import { relayed } from '../../support/relayed.ts';
import { stockUp } from '../../support/stock-up.ts';
import { type TableProvider, tableProviders } from '../../support/tables.ts';

const cause = { correlationId: 'c', causationId: 'r' };
const price = { amount: 450, currency: 'EUR' };

/** The same table, where no commit begins before this many are asked for: by then each has read what it decides on. */
const readTogether = (table: Table, count: number): Table => {
  let asked = 0;
  let open = () => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    get: table.get,
    query: table.query,
    commit: async (writes) => {
      asked += 1;
      if (asked === count) open();
      await gate;
      return await table.commit(writes);
    },
  };
};

describe.each(tableProviders)('reservations %s', (_name, start) => {
  let provider: TableProvider;
  let table: Table & { sent(): readonly OutboxMessage[] };
  beforeAll(async () => {
    provider = await start();
  });
  beforeEach(async () => {
    table = relayed(await provider.open());
  });
  afterAll(() => provider.close());

  const { clock } = createRecordingRuntime();
  const deps = (used: Table = table) => ({ table: used, clock });
  const stocked = async (sku: string, available: number): Promise<void> => {
    await putProduct(deps(), sku, { name: sku, price }, { cause });
    await stockUp(table, sku, available);
  };
  const reserving = (order: string, quantity = 1, used: Table = table) =>
    reserveStock(deps(used), messageOf('ReserveStock.v1', order, 1), order, [{ sku: 'tea', quantity }]);
  const stock = () => table.get(stockKey('tea'), { consistent: true });
  const sentBy = (order: string): readonly string[] =>
    table
      .sent()
      .flatMap(({ message: { type, metadata } }) => (metadata.aggregate === `reservation/${order}` ? [type] : []));

  it('hold the last piece for one order when two look at the stock at the same time', async () => {
    await stocked('tea', 1);
    const together = readTogether(table, 2);
    await Promise.all(['a', 'b'].map((order) => reserving(order, 1, together)));
    expect(await stock()).toMatchObject({ available: 0, reserved: 1 });
    const sent = ['a', 'b'].map(sentBy);
    expect(sent.toSorted()).toEqual([['StockRejected.v1'], ['StockReserved.v1']]);
  });

  it('say what is left of the product, by the row that they leave', async () => {
    await stocked('tea', 5);
    await reserving('a', 2);
    const [said, ...others] = derivedMessages((await stock()) ?? {}, 'catalog', (text) => text);
    expect(others).toEqual([]);
    expect(said?.destination).toEqual({ kind: 'bus' });
    expect(said && stockChangedV1.read(said.message)).toMatchObject({
      metadata: {
        aggregate: 'stock/tea',
        version: 1,
        correlationId: messageOf('ReserveStock.v1', 'a', 1).metadata.correlationId,
      },
      data: { sku: 'tea', available: 3, version: 1 },
    });
    await releaseStock(deps(), messageOf('ReleaseStock.v1', 'a', 3), 'a');
    expect(await stock()).toMatchObject({ available: 5, version: 2 });
  });

  it('hold and give back once, however often and by whatever message that is asked', async () => {
    await stocked('tea', 5);
    const again = messageOf('ReserveStock.v1', 'a', 2);
    await Promise.all([reserving('a', 2), reserving('a', 2)]);
    await reserveStock(deps(), again, 'a', [{ sku: 'tea', quantity: 2 }]);
    expect(await stock()).toMatchObject({ available: 3, reserved: 2 });
    const releasing = () => releaseStock(deps(), messageOf('ReleaseStock.v1', 'a', 3), 'a');
    await Promise.all([releasing(), releasing()]);
    expect(await stock()).toMatchObject({ available: 5, reserved: 0 });
    const answers = [...new Set(sentBy('a'))];
    expect(answers).toEqual(['StockReserved.v1', 'StockReleased.v1']);
  });

  it('are answered every time that they are asked for, since an answer may be lost', async () => {
    await stocked('tea', 1);
    const release = (version: number) => releaseStock(deps(), messageOf('ReleaseStock.v1', 'a', version), 'a');
    const reserve = (version: number) =>
      reserveStock(deps(), messageOf('ReserveStock.v1', 'a', version), 'a', [{ sku: 'tea', quantity: 2 }]);
    for (const version of [1, 2]) await reserve(version);
    for (const version of [3, 4]) await release(version);
    for (const version of [5, 6]) await reserve(version);
    expect(sentBy('a')).toEqual([
      'StockRejected.v1',
      'StockRejected.v1',
      'StockReleased.v1',
      'StockReleased.v1',
      'StockRejected.v1',
      'StockRejected.v1',
    ]);
    expect(await stock()).toMatchObject({ available: 1, reserved: 0 });
  });
});

describe.each(tableProviders)('products %s', (_name, start) => {
  it('are listed by as many as a page may hold', async () => {
    const provider = await start();
    const table = await provider.open();
    const { clock } = createRecordingRuntime();
    for (const sku of ['a', 'b', 'c']) await putProduct({ table, clock }, sku, { name: sku, price }, { cause });
    const first = await listProducts(table, 2, undefined);
    const last = await listProducts(table, 2, first.next);
    expect(first.items.map(({ sku }) => sku)).toEqual(['a', 'b']);
    expect(last.items.map(({ sku }) => sku)).toEqual(['c']);
    expect(last.next).toBeUndefined();
    await provider.close();
  });
});
