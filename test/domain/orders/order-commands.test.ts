import { describe, expect, it } from '@jest/globals';
import { Refused } from '../../../functions/kernel/values/errors.ts';
import { Secret } from '../../../functions/kernel/values/secret.ts';
import { cancelOrder } from '../../../functions/orders/commands/cancel-order.ts';
import { fulfilOrder, type WrongPayment } from '../../../functions/orders/commands/fulfil-order.ts';
import { placeOrder } from '../../../functions/orders/commands/place-order.ts';
import { orderDecider } from '../../../functions/orders/domain/order-decider.ts';
import { readHistory, readOrder } from '../../../functions/orders/views/read-order.ts';
import { cause, erase, message, ordersInMemory, PATIENCE_SECONDS, principal, sentBy } from './orders-in-memory.ts';

const alice = principal('alice');
const held = (id: string, orderId: string) => message(id, 'StockReserved.v1', { orderId, items: [] });
const paid = (id: string, orderId: string) =>
  message(id, 'PaymentCaptured.v1', { orderId, userId: 'alice', amount: { amount: 900, currency: 'EUR' } });

describe('placing an order', () => {
  it('commits the order, the news of it and the commands that follow', async () => {
    const orders = ordersInMemory();
    const id = await orders.place();
    expect(await readOrder(orders.store, alice, id)).toMatchObject({
      version: 1,
      view: { id, status: 'PENDING', total: { amount: 900, currency: 'EUR' } },
    });
    expect(sentBy(orders.table, id)).toEqual([
      ['OrderPlaced.v1', 'bus'],
      ['ReserveStock.v1', 'catalog-reserve-stock'],
      ['CheckDeadline.v1', 'orders-check-deadline'],
    ]);
  });

  it('answers a repeated key with the order that the first one placed', async () => {
    const orders = ordersInMemory();
    expect(await orders.place('alice', 'k')).toBe(await orders.place('alice', 'k'));
    expect(await orders.place('bob', 'k')).not.toBe(await orders.place('alice', 'k'));
  });

  it('refuses a key reused for another order', async () => {
    const orders = ordersInMemory();
    await orders.place('alice', 'k', 2);
    await expect(orders.place('alice', 'k', 3)).rejects.toMatchObject({ refusal: { code: 'idempotency-key-reused' } });
  });

  it('asks for prices with the time that is left then, not with what was left before its claim', async () => {
    const orders = ordersInMemory();
    let leftMs = 5_000;
    const slowly = {
      ...orders.table,
      commit: (writes: Parameters<typeof orders.table.commit>[0]) => {
        leftMs -= 1_500;
        return orders.table.commit(writes);
      },
    };
    const asked: number[] = [];
    const askQuote: typeof orders.askQuote = (items, ask) => {
      asked.push(ask.deadlineMs);
      return orders.askQuote(items, ask);
    };
    const request = {
      principal: 'alice',
      method: 'POST',
      path: '/orders',
      key: 'k',
      fingerprint: 'f',
      remainingMs: () => leftMs,
    };
    const placing = {
      request,
      userId: 'alice',
      items: [{ sku: 'tea', quantity: 1 }],
      paymentToken: new Secret('t'),
      caller: undefined,
      cause,
    };
    await placeOrder({ ...orders, table: slowly, askQuote }, placing, () => ({ status: 202 }));
    // 3,500 ms after the claim, of which a second is kept for the commit.
    expect(asked).toEqual([2_500]);
  });

  it('leaves nothing and frees the key when prices cannot be had', async () => {
    const orders = ordersInMemory();
    orders.catalog.isDown = true;
    await expect(orders.place('alice', 'k')).rejects.toBeInstanceOf(Refused);
    orders.catalog.isDown = false;
    expect(await orders.place('alice', 'k')).toMatch(/^01J/);
  });
});

describe('fulfilling an order', () => {
  it('confirms it once stock is held and money captured', async () => {
    const orders = ordersInMemory();
    const id = await orders.place();
    await fulfilOrder(orders, held('m1', id));
    await fulfilOrder(orders, paid('m2', id));
    expect(await readOrder(orders.store, alice, id)).toMatchObject({ view: { status: 'CONFIRMED' } });
    expect(sentBy(orders.table, id).slice(3)).toEqual([
      ['CapturePayment.v1', 'payments-capture-payment'],
      ['OrderConfirmed.v1', 'bus'],
    ]);
  });

  it('says once that another amount was captured than the order comes to', async () => {
    const orders = ordersInMemory();
    const id = await orders.place();
    const said: WrongPayment[] = [];
    const captured = { amount: 899, currency: 'EUR' };
    const wrong = message('m1', 'PaymentCaptured.v1', { orderId: id, userId: 'alice', amount: captured });
    for (const each of [wrong, wrong, paid('m2', id)]) await fulfilOrder(orders, each, (one) => said.push(one));
    expect(said).toEqual([{ orderId: id, due: { amount: 900, currency: 'EUR' }, captured }]);
    expect(await readOrder(orders.store, alice, id)).toMatchObject({ view: { reason: 'payment_declined' } });
    const right = await orders.place();
    const late = message('m4', wrong.type, { ...wrong.data, orderId: right });
    for (const each of [paid('m3', right), late]) await fulfilOrder(orders, each, (one) => said.push(one));
    expect(said).toHaveLength(1);
  });

  it('acts once on a message that is delivered many times at once', async () => {
    const orders = ordersInMemory();
    const id = await orders.place();
    await Promise.all(Array.from({ length: 10 }, () => fulfilOrder(orders, held('m1', id))));
    await fulfilOrder(orders, held('m2', id));
    const sent = sentBy(orders.table, id);
    expect(sent.filter(([type]) => type === 'CapturePayment.v1')).toHaveLength(1);
  });

  it('refuses a report about an order that was never placed', async () => {
    await expect(fulfilOrder(ordersInMemory(), held('m1', 'nowhere'))).rejects.toMatchObject({
      refusal: { outcome: 'not_found' },
    });
  });

  it('cancels every open order of an erased user and lets them place no other', async () => {
    const orders = ordersInMemory();
    const [open, final] = [await orders.place(), await orders.place()];
    const others = await orders.place('bob');
    await fulfilOrder(orders, held('m1', final));
    await fulfilOrder(orders, paid('m2', final));
    await erase(orders, 'alice');
    await erase(orders, 'alice');
    expect(await readOrder(orders.store, alice, open)).toMatchObject({
      view: { status: 'CANCELLING', reason: 'user_erased' },
    });
    expect(await readOrder(orders.store, alice, final)).toMatchObject({ view: { status: 'CONFIRMED' } });
    expect(await readOrder(orders.store, principal('bob'), others)).toMatchObject({ view: { status: 'PENDING' } });
    await expect(orders.place()).rejects.toMatchObject({ refusal: { outcome: 'forbidden' } });
  });
});

describe('an order that is not answered', () => {
  const timer = (id: string, orderId: string, step: 'stock' | 'payment' | 'refund', attempt?: number) =>
    message(id, 'CheckDeadline.v1', attempt === undefined ? { orderId, step } : { orderId, step, attempt });
  const timesSent = async (orders: ReturnType<typeof ordersInMemory>, id: string, type: string) =>
    sentBy(orders.table, id).filter(([sent]) => sent === type).length;

  it('asks for the refund again for as long as it takes, and again only with the number that is waited for', async () => {
    const orders = ordersInMemory();
    const id = await orders.place();
    await fulfilOrder(orders, held('m1', id));
    await cancelOrder(orders, alice, id, { oneOf: [3] }, cause);
    orders.wait(10 * PATIENCE_SECONDS);
    for (const attempt of [0, 1, 2]) await fulfilOrder(orders, timer(`t${attempt}`, id, 'refund', attempt));
    await Promise.all([1, 2, 2].map((attempt, copy) => fulfilOrder(orders, timer(`c${copy}`, id, 'refund', attempt))));
    expect(await timesSent(orders, id, 'RefundPayment.v1')).toBe(4);
    expect(await readOrder(orders.store, alice, id)).toMatchObject({
      view: { status: 'CANCELLING', waitsFor: ['refund'] },
    });
  });

  it('takes a timer without a number, as earlier versions sent it, for the first of its step', async () => {
    const orders = ordersInMemory();
    const id = await orders.place();
    await fulfilOrder(orders, timer('t1', id, 'payment'));
    await fulfilOrder(orders, timer('t2', id, 'stock'));
    await fulfilOrder(orders, timer('t3', id, 'stock'));
    expect(await timesSent(orders, id, 'ReserveStock.v1')).toBe(2);
    expect(await readOrder(orders.store, alice, id)).toMatchObject({
      view: { status: 'PENDING', waitsFor: ['stock'] },
    });
  });

  it('is given up when its patience is over, not before', async () => {
    const orders = ordersInMemory();
    const id = await orders.place();
    orders.wait(PATIENCE_SECONDS);
    await fulfilOrder(orders, timer('t1', id, 'stock', 0));
    expect(await readOrder(orders.store, alice, id)).toMatchObject({ view: { status: 'PENDING' } });
    orders.wait(1);
    await fulfilOrder(orders, timer('t2', id, 'stock', 1));
    expect(await readOrder(orders.store, alice, id)).toMatchObject({
      view: { status: 'CANCELLING', reason: 'timed_out', waitsFor: ['release'] },
    });
  });
});

describe('erasing a customer', () => {
  it('cancels their open orders, however many there are', async () => {
    const orders = ordersInMemory();
    const ids: string[] = [];
    for (let number = 0; number < 101; number += 1) ids.push(await orders.place());
    expect(await erase(orders, 'alice')).toBe(2);
    const kinds = await Promise.all(ids.map(async (id) => (await orders.store.load(id, orderDecider)).state.kind));
    expect(kinds).toEqual(ids.map(() => 'cancelling'));
  });

  it('outlasts every older event that is replayed after it, and is not done again when it is replayed itself', async () => {
    const orders = ordersInMemory();
    const id = await orders.place();
    const older = [
      held('m1', id),
      message('m2', 'UserErased.v1', { userId: 'alice' }),
      message('m3', 'PaymentRefunded.v1', { orderId: id, userId: 'alice', amount: { amount: 900, currency: 'EUR' } }),
      message('m4', 'StockReleased.v1', { orderId: id, items: [] }),
    ];
    await fulfilOrder(orders, held('m1', id));
    await erase(orders, 'alice', 'm2');
    for (const each of older.slice(2)) await fulfilOrder(orders, each);
    const before = orders.table.items();
    for (const each of older) await fulfilOrder(orders, each);
    expect(orders.table.items()).toEqual(before);
    expect(await readOrder(orders.store, alice, id)).toMatchObject({
      view: { status: 'CANCELLED', reason: 'user_erased' },
    });
    await expect(orders.place()).rejects.toMatchObject({ refusal: { outcome: 'forbidden' } });
  });
});

describe('cancelling an order', () => {
  it('is accepted at the version that was read, and refused at another', async () => {
    const orders = ordersInMemory();
    const id = await orders.place();
    await fulfilOrder(orders, held('m1', id));
    const stale = { refusal: { outcome: 'stale' } };
    await expect(cancelOrder(orders, alice, id, { oneOf: [7] }, cause)).rejects.toMatchObject(stale);
    await expect(cancelOrder(orders, alice, id, { oneOf: [1] }, cause)).rejects.toMatchObject(stale);
    expect(await readOrder(orders.store, alice, id)).toMatchObject({ version: 3, view: { status: 'PENDING' } });
    expect(await cancelOrder(orders, alice, id, { oneOf: [3] }, cause)).toMatchObject({
      state: { kind: 'cancelling' },
    });
  });

  it('is recorded as the act of an operator when another than the customer cancels, and shown as such', async () => {
    const orders = ordersInMemory();
    const id = await orders.place();
    await cancelOrder(orders, principal('root', true), id, { oneOf: [1] }, cause);
    await fulfilOrder(orders, message('m1', 'StockReleased.v1', { orderId: id, items: [] }));
    const started = (await orders.store.history(id))?.find(({ event }) => event.type === 'CancellationStarted');
    expect(started?.event).toEqual({ type: 'CancellationStarted', reason: 'operator', byHand: { by: 'root' } });
    const { view } = await readOrder(orders.store, alice, id);
    expect(view).toMatchObject({ status: 'CANCELLED', cancelledBy: 'operator' });
    expect(view).not.toHaveProperty('reason');
    expect(JSON.stringify(await readHistory(orders.store, alice, id))).not.toContain('root');
    expect(sentBy(orders.table, id).at(-1)).toEqual(['OrderCancelledByOperator.v1', 'bus']);
  });

  it('is recorded as the wish of the customer when the customer cancels, an administrator or not', async () => {
    const orders = ordersInMemory();
    const id = await orders.place('root');
    await cancelOrder(orders, principal('root', true), id, { oneOf: [1] }, cause);
    expect(await readOrder(orders.store, principal('root'), id)).toMatchObject({
      view: { reason: 'customer', cancelledBy: 'customer' },
    });
  });

  it('is refused once the order is final', async () => {
    const orders = ordersInMemory();
    const id = await orders.place();
    await fulfilOrder(orders, held('m1', id));
    await fulfilOrder(orders, paid('m2', id));
    await expect(cancelOrder(orders, alice, id, { oneOf: [5] }, cause)).rejects.toMatchObject({
      refusal: { outcome: 'conflict' },
    });
  });
});

describe("another's order", () => {
  it('looks like one that is not there', async () => {
    const orders = ordersInMemory();
    const id = await orders.place();
    const mallory = principal('mallory');
    for (const attempt of [
      () => readOrder(orders.store, mallory, id),
      () => readHistory(orders.store, mallory, id),
      () => cancelOrder(orders, mallory, id, { oneOf: [1] }, cause),
      () => readOrder(orders.store, mallory, 'nowhere'),
    ])
      await expect(attempt()).rejects.toMatchObject({
        refusal: { outcome: 'not_found', detail: 'There is no such order.' },
      });
  });

  it('is shown to an administrator', async () => {
    const orders = ordersInMemory();
    const id = await orders.place();
    expect(await readOrder(orders.store, principal('root', true), id)).toMatchObject({ view: { id } });
  });
});
