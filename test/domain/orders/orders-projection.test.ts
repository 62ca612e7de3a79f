import { describe, expect, it } from '@jest/globals';
import { fulfilOrder } from '../../../functions/orders/commands/fulfil-order.ts';
import { listOrders } from '../../../functions/orders/views/list-orders.ts';
import { projectOrder } from '../../../functions/orders/views/orders.projection.ts';
import { readOrder } from '../../../functions/orders/views/read-order.ts';
import { message, ordersInMemory, principal } from './orders-in-memory.ts';

const alices = { userId: 'alice', generation: 0 };

describe('the views of orders', () => {
  it('are what a fold of the stream gives, however often and late they are told', async () => {
    const orders = ordersInMemory();
    const id = await orders.place();
    await projectOrder(orders, id);
    await fulfilOrder(orders, message('m1', 'StockRejected.v1', { orderId: id, unavailable: ['tea'] }));
    await Promise.all(Array.from({ length: 6 }, () => projectOrder(orders, id)));
    const { items } = await listOrders(orders.views, { ...alices, limit: 10 });
    expect(items).toEqual([(await readOrder(orders.store, principal('alice'), id)).view]);
  });

  it('list own orders, newest first, page by page', async () => {
    const orders = ordersInMemory();
    const ids = [await orders.place(), await orders.place(), await orders.place()];
    const others = await orders.place('bob');
    for (const id of [...ids, others]) await projectOrder(orders, id);
    const first = await listOrders(orders.views, { ...alices, limit: 2 });
    const second = await listOrders(orders.views, { ...alices, limit: 2, start: first.next });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(ids.toReversed());
  });

  it('find orders by status, and no longer by the one they had', async () => {
    const orders = ordersInMemory();
    const id = await orders.place();
    await projectOrder(orders, id);
    await fulfilOrder(orders, message('m1', 'StockRejected.v1', { orderId: id, unavailable: ['tea'] }));
    await projectOrder(orders, id);
    expect((await listOrders(orders.views, { ...alices, limit: 10, status: 'PENDING' })).items).toEqual([]);
    expect((await listOrders(orders.views, { ...alices, limit: 10, status: 'CANCELLED' })).items).toMatchObject([
      { id, reason: 'out_of_stock' },
    ]);
  });
});
