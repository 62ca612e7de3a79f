import { describe, expect, it } from '@jest/globals';
import { fulfilOrder } from '../../../functions/orders/commands/fulfil-order.ts';
import { sweepOpenOrders } from '../../../functions/orders/commands/sweep-open-orders.ts';
import type { OrderEvent } from '../../../functions/orders/domain/order.ts';
import { openOrders } from '../../../functions/orders/rows/open-orders.ts';
import { projectOrder } from '../../../functions/orders/views/orders.projection.ts';
import { readOrder } from '../../../functions/orders/views/read-order.ts';
import { createRecordingRuntime } from '../../support/recording-runtime.ts';
import { cause, message, ordersInMemory, PATIENCE_SECONDS, principal, sentBy } from './orders-in-memory.ts';

const alice = principal('alice');
const PLENTY = () => 60_000;

/** Orders whose views are up to date, and a sweep over them. */
const shop = () => {
  const orders = ordersInMemory();
  const { log } = createRecordingRuntime();
  const place = async (): Promise<string> => {
    const id = await orders.place();
    await projectOrder(orders, id);
    return id;
  };
  /** Events as an earlier version wrote them: without the messages that leave for them today. */
  const append = async (id: string, ...events: readonly OrderEvent[]): Promise<void> => {
    const expectedVersion = (await orders.store.history(id))?.length ?? 0;
    const occurredAt = new Date(orders.clock.now()).toISOString();
    await orders.store.append({ streamId: id, expectedVersion, events, occurredAt, cause });
    await projectOrder(orders, id);
  };
  const sweep = (remainingMs = PLENTY, deps = {}) =>
    sweepOpenOrders({ ...orders, random: Math.random, log, ...deps }, cause, remainingMs);
  const timesSent = async (id: string, type: string) =>
    sentBy(orders.table, id).filter(([sent]) => sent === type).length;
  return { ...orders, place, append, sweep, timesSent };
};

const refunding: readonly OrderEvent[] = [
  { type: 'StockReserved' },
  { type: 'PaymentRequested' },
  { type: 'CancellationStarted', reason: 'customer' },
  { type: 'RefundRequested' },
];

describe('the list of open orders', () => {
  it('has every order that waits, oldest first, until it is final', async () => {
    const orders = shop();
    const ids: string[] = [];
    for (let number = 0; number < 12; number += 1) {
      ids.push(await orders.place());
      orders.wait(1);
    }
    const [first = ''] = ids;
    await orders.append(first, ...refunding);
    const [, second = '', ...others] = ids;
    await fulfilOrder(orders, message('m1', 'StockRejected.v1', { orderId: second, unavailable: ['tea'] }));
    await projectOrder(orders, second);
    expect((await openOrders(orders.views)).map(({ orderId }) => orderId)).toEqual([first, ...others]);
  });
});

describe('the sweep over open orders', () => {
  it('starts the timer of an order that an earlier version left cancelling without one, once', async () => {
    const orders = shop();
    const id = await orders.place();
    await orders.append(id, ...refunding);
    orders.wait(961);
    const reports = await Promise.all([orders.sweep(), orders.sweep()]);
    await orders.sweep();
    expect(reports).toContainEqual({ open: 1, oldestMs: 961_000, restarted: 1, failed: 0, unseen: 0 });
    expect(await orders.timesSent(id, 'RefundPayment.v1')).toBe(1);
    expect((await orders.store.history(id))?.at(-1)?.event).toEqual({
      type: 'StepAskedAgain',
      step: 'refund',
      attempt: 1,
    });
    expect(sentBy(orders.table, id).at(-1)?.[0]).toBe('CheckDeadline.v1');
  });

  it('starts it again for as long as timers are lost, and the timer that comes after all changes nothing', async () => {
    const orders = shop();
    const id = await orders.place();
    for (const seconds of [961, 1_021, 1_141]) {
      orders.wait(seconds);
      await orders.sweep();
    }
    expect(await orders.timesSent(id, 'ReserveStock.v1')).toBe(4);
    await fulfilOrder(orders, message('t1', 'CheckDeadline.v1', { orderId: id, step: 'stock', attempt: 0 }));
    expect(await orders.timesSent(id, 'ReserveStock.v1')).toBe(4);
  });

  it('leaves an order alone whose timer may still come', async () => {
    const orders = shop();
    const id = await orders.place();
    orders.wait(959);
    expect(await orders.sweep()).toMatchObject({ open: 1, restarted: 0 });
    await fulfilOrder(orders, message('t1', 'CheckDeadline.v1', { orderId: id, step: 'stock', attempt: 0 }));
    orders.wait(1_019);
    expect(await orders.sweep()).toMatchObject({ open: 1, restarted: 0 });
  });

  it('gives an order up whose patience is over', async () => {
    const orders = shop();
    const id = await orders.place();
    orders.wait(PATIENCE_SECONDS + 1);
    await orders.sweep();
    expect(await readOrder(orders.store, alice, id)).toMatchObject({
      view: { status: 'CANCELLING', reason: 'timed_out' },
    });
  });

  it('does not count an order whose view alone says that it is open', async () => {
    const orders = shop();
    const id = await orders.place();
    await fulfilOrder(orders, message('m1', 'StockRejected.v1', { orderId: id, unavailable: ['tea'] }));
    orders.wait(1_000);
    expect(await orders.sweep()).toMatchObject({ open: 0, oldestMs: 0 });
  });

  it('goes on after an order that it cannot look after', async () => {
    const orders = shop();
    const [bad, good] = [await orders.place(), await orders.place()];
    orders.wait(1_000);
    const history: typeof orders.store.history = (id) =>
      id === bad ? Promise.reject(new Error('unreadable')) : orders.store.history(id);
    const report = await orders.sweep(PLENTY, { store: { ...orders.store, history } });
    expect(report).toMatchObject({ open: 2, restarted: 1, failed: 1 });
    expect(await orders.timesSent(good, 'ReserveStock.v1')).toBe(2);
  });

  it('ends before its time is up, says how many it has not seen, and reaches them in later runs', async () => {
    const orders = shop();
    for (let number = 0; number < 25; number += 1) await orders.place();
    orders.wait(1_000);
    const forOneLot = () => {
      const left = [60_000];
      return () => left.pop() ?? 0;
    };
    expect(await orders.sweep(forOneLot())).toMatchObject({ open: 25, restarted: 10, unseen: 15 });
    let restarted = 10;
    for (let run = 0; run < 100 && restarted < 25; run += 1) restarted += (await orders.sweep(forOneLot())).restarted;
    expect(restarted).toBe(25);
  });
});

describe('an order that waits', () => {
  it('says since when, how often it has asked, and when it will ask again', async () => {
    const orders = shop();
    const id = await orders.place();
    orders.wait(5);
    await fulfilOrder(orders, message('m1', 'StockReserved.v1', { orderId: id, items: [] }));
    orders.wait(60);
    await fulfilOrder(orders, message('t1', 'CheckDeadline.v1', { orderId: id, step: 'payment', attempt: 0 }));
    expect((await readOrder(orders.store, alice, id)).view).toMatchObject({
      status: 'PENDING',
      waitsFor: ['payment'],
      waits: [
        {
          step: 'payment',
          since: '2026-11-24T12:00:05.000Z',
          asked: 2,
          asksAgainAt: '2026-11-24T12:03:05.000Z',
        },
      ],
    });
  });
});
