import { describe, expect, it } from '@jest/globals';
import type { Item } from '../../../functions/kernel/stores/table.ts';
import { fulfilOrder } from '../../../functions/orders/commands/fulfil-order.ts';
import { viewKey } from '../../../functions/orders/rows/order-rows.ts';
import { checkOrders } from '../../../functions/orders/views/check-orders.ts';
import { projectOrder } from '../../../functions/orders/views/orders.projection.ts';
import { scanOf } from '../../support/memory-scan.ts';
import { message, ordersInMemory } from './orders-in-memory.ts';

const DAY_SECONDS = 86_400;

const open = () => {
  const orders = ordersInMemory();
  const differing: string[] = [];
  const note = (_text: string, fields: Readonly<Record<string, unknown>> = {}) =>
    void differing.push(String(fields.orderId));
  return { ...orders, streams: scanOf(orders.table), log: { error: note, warn: note }, differing };
};

const enough = () => 60_000;

const placeSome = async (orders: ReturnType<typeof open>, count: number): Promise<readonly string[]> => {
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1) ids.push(await orders.place());
  return ids;
};

describe('the check of the view of orders', () => {
  it('finds a row that is lost, one that lost its last event, and one that other code wrote', async () => {
    const orders = open();
    const [lost = '', behind = '', other = '', good = ''] = await placeSome(orders, 4);
    for (const id of [behind, other, good]) await projectOrder(orders, id);
    await fulfilOrder(orders, message('m1', 'StockRejected.v1', { orderId: behind, unavailable: ['tea'] }));
    const key = viewKey({ generation: 0, userId: 'alice', orderId: other });
    await orders.views.commit([{ kind: 'put', item: { ...key, version: 1, view: { id: other } } }]);
    orders.wait(3_600);
    const before = [...orders.views.items()];
    expect(await checkOrders(orders, enough)).toMatchObject({ orders: 4, different: 3, isDone: true });
    expect(orders.differing.sort()).toEqual([lost, behind, other].sort());
    const isView = (item: Item) => item.kind !== 'view-check';
    expect(orders.views.items().filter(isView)).toEqual(before);
  });

  it('takes no view for different that only lags behind', async () => {
    const orders = open();
    await placeSome(orders, 2);
    expect(await checkOrders(orders, enough)).toMatchObject({ orders: 2, different: 0 });
  });

  it('compares every order once a day, in as many runs as it takes', async () => {
    const orders = open();
    await placeSome(orders, 9);
    orders.wait(3_600);
    let left = 0;
    const pageByPage = () => {
      left -= 1;
      return left >= 0 ? 60_000 : 0;
    };
    let [runs, checked] = [0, await checkOrders(orders, () => 0)];
    while (!checked.isDone && runs < 100) {
      left = 1;
      checked = await checkOrders(orders, pageByPage);
      runs += 1;
    }
    expect(runs).toBeGreaterThan(3);
    expect(checked).toMatchObject({ orders: 9, different: 9, isDone: true });
    orders.differing.length = 0;
    expect(await checkOrders(orders, enough)).toEqual(checked);
    expect(orders.differing).toEqual([]);
    orders.wait(DAY_SECONDS);
    expect(await checkOrders(orders, enough)).toMatchObject({ orders: 9, different: 9 });
    expect(orders.differing).toHaveLength(9);
  });

  it('counts an order that it cannot read', async () => {
    const orders = open();
    const [bad = ''] = await placeSome(orders, 1);
    const event = { pk: `STREAM#${bad}`, sk: 'EVENT#0000000002', kind: 'event', streamId: bad, version: 2 };
    await orders.table.commit([{ kind: 'insert', item: { ...event, occurredAt: '', cause: {}, event: {} } }]);
    expect(await checkOrders(orders, enough)).toMatchObject({ orders: 1, different: 1, isDone: true });
  });
});
