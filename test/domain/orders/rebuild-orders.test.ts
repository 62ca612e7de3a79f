import { describe, expect, it } from '@jest/globals';
import { isObject, type JsonObject } from '../../../functions/kernel/values/json.ts';
import { fulfilOrder } from '../../../functions/orders/commands/fulfil-order.ts';
import { openOrders } from '../../../functions/orders/rows/open-orders.ts';
import { viewKey } from '../../../functions/orders/rows/order-rows.ts';
import {
  createGenerations,
  findGenerations,
  readGenerations,
} from '../../../functions/orders/rows/view-generations.ts';
import { listOrders } from '../../../functions/orders/views/list-orders.ts';
import { projectOrder } from '../../../functions/orders/views/orders.projection.ts';
import {
  beginRebuild,
  buildPage,
  cancelRebuild,
  clearPage,
  comparePage,
  type RebuildDeps,
  switchViews,
} from '../../../functions/orders/views/rebuild-orders.ts';
import { scanOf } from '../../support/memory-scan.ts';
import { message, ordersInMemory } from './orders-in-memory.ts';

const open = () => {
  const orders = ordersInMemory();
  const logged: string[] = [];
  const deps = {
    ...orders,
    streams: scanOf(orders.table),
    rows: scanOf(orders.views),
    log: { error: (text: string) => void logged.push(text) },
  };
  const list = async (userId = 'alice', limit = 10, start?: JsonObject) => {
    const { live } = await orders.generations();
    return listOrders(orders.views, { userId, generation: live, limit, start });
  };
  return { ...deps, list, logged };
};

type Orders = ReturnType<typeof open>;

/** Every page of a step, and the sums of what they answer. */
const pages = async (
  orders: Orders,
  step: (deps: RebuildDeps, start: JsonObject | undefined) => Promise<JsonObject>,
): Promise<Readonly<Record<string, number>>> => {
  const sums: Record<string, number> = {};
  let start: JsonObject | undefined;
  do {
    const { next, ...counts } = await step(orders, start);
    for (const [name, count] of Object.entries(counts))
      if (typeof count === 'number') sums[name] = (sums[name] ?? 0) + count;
    start = isObject(next) ? next : undefined;
  } while (start);
  return sums;
};

const placeAndProject = async (orders: Orders, userId = 'alice'): Promise<string> => {
  const id = await orders.place(userId);
  await projectOrder(orders, id);
  return id;
};

/** What an older release would have written, and a row that was lost. */
const spoil = async (orders: Orders, orderId: string): Promise<void> => {
  const name = { generation: 0, userId: 'alice', orderId };
  const row = await orders.views.get(viewKey(name));
  if (row === undefined) throw new Error('the order has no view');
  await orders.views.commit([{ kind: 'put', item: { ...row, view: { id: orderId, colour: 'red' } } }]);
};

const lose = (orders: Orders, orderId: string) =>
  orders.views.commit([{ kind: 'delete', key: viewKey({ generation: 0, userId: 'alice', orderId }) }]);

describe('a rebuild of the view of orders', () => {
  it('makes a copy from the events, compares, and takes it into use at once', async () => {
    const orders = open();
    const ids: string[] = [];
    for (let number = 0; number < 5; number += 1) ids.unshift(await placeAndProject(orders));
    const right = await orders.list();
    await spoil(orders, ids[1] ?? '');
    await lose(orders, ids[2] ?? '');
    const spoilt = await orders.list();

    expect(await beginRebuild(orders)).toEqual({ live: 0, building: 1, waitMs: 5_000 });
    expect(await pages(orders, buildPage)).toEqual({ orders: 5, failed: 0, written: 5 });
    expect(await pages(orders, comparePage)).toEqual({ orders: 5, failed: 0, mended: 0, different: 2, missing: 1 });
    expect(await orders.list()).toEqual(spoilt);

    expect(await switchViews(orders)).toEqual({ live: 1, waitMs: 5_000 });
    expect(await orders.list()).toEqual(right);
    expect(await pages(orders, clearPage)).toEqual({ deleted: 4 });
    expect(await orders.list()).toEqual(right);
    expect(await pages(orders, clearPage)).toEqual({ deleted: 0 });
  });

  it('sends nothing and appends nothing', async () => {
    const orders = open();
    await placeAndProject(orders);
    const before = orders.table.items();
    await beginRebuild(orders);
    for (const step of [buildPage, comparePage]) await pages(orders, step);
    await switchViews(orders);
    await pages(orders, clearPage);
    expect(orders.table.items()).toEqual(before);
  });

  it('keeps up with what happens meanwhile', async () => {
    const orders = open();
    const [early, late] = [await placeAndProject(orders), await placeAndProject(orders)];
    await beginRebuild(orders);
    await buildPage(orders, undefined);
    await fulfilOrder(orders, message('m1', 'StockRejected.v1', { orderId: early, unavailable: ['tea'] }));
    await projectOrder(orders, early);
    await pages(orders, buildPage);
    // Its projector still goes on with what it read before the copy was begun.
    await fulfilOrder(orders, message('m2', 'StockRejected.v1', { orderId: late, unavailable: ['tea'] }));
    await projectOrder({ ...orders, generations: async () => ({ live: 0 }) }, late);
    const added = await placeAndProject(orders, 'bob');
    expect(await pages(orders, comparePage)).toMatchObject({ orders: 3, mended: 1, different: 0 });
    await switchViews(orders);
    expect((await orders.list()).items).toMatchObject([
      { id: late, status: 'CANCELLED' },
      { id: early, status: 'CANCELLED' },
    ]);
    expect((await orders.list('bob')).items).toMatchObject([{ id: added, status: 'PENDING' }]);
  });

  it('leaves the pages of a list in order when it switches between two of them', async () => {
    const orders = open();
    const ids: string[] = [];
    for (let number = 0; number < 5; number += 1) ids.unshift(await placeAndProject(orders));
    const first = await orders.list('alice', 2);
    await beginRebuild(orders);
    await pages(orders, buildPage);
    await switchViews(orders);
    await pages(orders, clearPage);
    const second = await orders.list('alice', 3, first.next);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids);
    const pending = { userId: 'alice', generation: 1, status: 'PENDING' as const };
    const start = { pk: 'USER#alice', sk: `ORDER#${ids[1]}`, gsi1pk: 'USER#alice#PENDING', gsi1sk: ids[1] ?? '' };
    const third = await listOrders(orders.views, { ...pending, limit: 3, start });
    expect(third.items.map(({ id }) => id)).toEqual(ids.slice(2));
  });

  it('goes on with what was begun, and starts over at will', async () => {
    const orders = open();
    await placeAndProject(orders);
    await beginRebuild(orders);
    await pages(orders, buildPage);
    expect(await beginRebuild(orders)).toMatchObject({ live: 0, building: 1 });
    expect(await pages(orders, clearPage)).toEqual({ deleted: 0 });
    expect(await pages(orders, buildPage)).toMatchObject({ written: 0 });
    expect(await cancelRebuild(orders)).toMatchObject({ live: 0 });
    expect(await pages(orders, clearPage)).toEqual({ deleted: 1 });
    expect((await orders.list()).items).toHaveLength(1);
    await expect(switchViews(orders)).rejects.toMatchObject({ refusal: { code: 'no-rebuild' } });
  });

  it('counts an order that it cannot read, and goes on with the others', async () => {
    const orders = open();
    const bad = await placeAndProject(orders);
    const good = await placeAndProject(orders);
    const event = { pk: `STREAM#${bad}`, sk: 'EVENT#0000000002', kind: 'event', streamId: bad, version: 2 };
    await orders.table.commit([{ kind: 'insert', item: { ...event, occurredAt: '', cause: {}, event: {} } }]);
    await beginRebuild(orders);
    expect(await pages(orders, buildPage)).toEqual({ orders: 2, failed: 1, written: 1 });
    expect(orders.logged).toEqual(['order not rebuilt']);
    expect(await orders.views.get(viewKey({ generation: 1, userId: 'alice', orderId: good }))).toBeDefined();
  });

  it('makes a copy of its own each time', async () => {
    const orders = open();
    await placeAndProject(orders);
    for (const generation of [1, 2]) {
      await beginRebuild(orders);
      await pages(orders, buildPage);
      await switchViews(orders);
      await pages(orders, clearPage);
      expect((await readGenerations(orders.views)).generations).toEqual({ live: generation });
      expect(await findGenerations(orders.views)).toEqual({ live: generation });
      expect((await orders.list()).items).toHaveLength(1);
    }
  });
});

describe('the copies of the view', () => {
  it('are asked for again after 5 s, and not before', async () => {
    const orders = open();
    let nowMs = 0;
    const known = createGenerations(orders.views, { now: () => nowMs });
    expect(await known()).toEqual({ live: 0 });
    await beginRebuild(orders);
    nowMs = 4_999;
    expect(await known()).toEqual({ live: 0 });
    nowMs = 5_000;
    expect(await known()).toEqual({ live: 0, building: 1 });
  });

  it('count an open order once', async () => {
    const orders = open();
    const id = await placeAndProject(orders);
    await beginRebuild(orders);
    await pages(orders, buildPage);
    expect((await openOrders(orders.views)).map(({ orderId }) => orderId)).toEqual([id]);
  });
});

describe('the projection', () => {
  it('makes a row again that other code made of the same version', async () => {
    const orders = open();
    const id = await placeAndProject(orders);
    const right = await orders.list();
    await spoil(orders, id);
    await projectOrder(orders, id);
    expect(await orders.list()).toEqual(right);
  });
});
