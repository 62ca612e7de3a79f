import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Message } from '../../../functions/kernel/messages/message.ts';
import { cancelOrder } from '../../../functions/orders/commands/cancel-order.ts';
import { fulfilOrder } from '../../../functions/orders/commands/fulfil-order.ts';
import { withToken } from '../../../functions/orders/commands/payment-token.ts';
import { createOrderStore } from '../../../functions/orders/rows/order-stream.ts';
import { readHistory, readOrder } from '../../../functions/orders/views/read-order.ts';
import { cause, message, ordersInMemory, PATIENCE_SECONDS, principal } from './orders-in-memory.ts';

const TOKEN = 'tok_secret';
const MARGIN_SECONDS = 3_600;
const alice = principal('alice');
const amount = { amount: 900, currency: 'EUR' };

let orders: ReturnType<typeof ordersInMemory>;
let orderId: string;
beforeEach(async () => {
  orders = ordersInMemory();
  orderId = await orders.place();
});

/** Rows that hold the token, in any form that a row of ours has. */
const holding = () => orders.table.items().filter((row) => JSON.stringify(row).includes(TOKEN));

const reports = {
  reserved: () => fulfilOrder(orders, message('m1', 'StockReserved.v1', { orderId, items: [] })),
  rejected: () => fulfilOrder(orders, message('m2', 'StockRejected.v1', { orderId, unavailable: ['tea'] })),
  captured: () => fulfilOrder(orders, message('m3', 'PaymentCaptured.v1', { orderId, userId: 'alice', amount })),
  declined: () =>
    fulfilOrder(orders, message('m4', 'PaymentDeclined.v1', { orderId, userId: 'alice', reason: 'refused' as const })),
  cancelled: () => cancelOrder(orders, alice, orderId, { oneOf: [1] }, cause),
  released: () => fulfilOrder(orders, message('m5', 'StockReleased.v1', { orderId, items: [] })),
  refunded: () => fulfilOrder(orders, message('m6', 'PaymentRefunded.v1', { orderId, userId: 'alice', amount })),
  erased: () => fulfilOrder(orders, message('m7', 'UserErased.v1', { userId: 'alice' })),
};

/** The CapturePayment that the order committed, as the relay sends it. */
const captureSent = async (): Promise<Message | undefined> => {
  const capture = orders.table.sent().find(({ message: { type } }) => type === 'CapturePayment.v1');
  return capture && (await withToken(orders.table, orders.clock)(capture.message));
};

describe('the payment token of an order', () => {
  it('lies in a row of its own and nowhere else, and joins the command when that leaves', async () => {
    await reports.reserved();
    expect(holding()).toMatchObject([{ pk: `SECRET#${orderId}`, kind: 'secret' }]);
    expect((await captureSent())?.data).toEqual({ orderId, userId: 'alice', amount, paymentToken: TOKEN });
    expect(JSON.stringify(await readOrder(orders.store, alice, orderId))).not.toContain(TOKEN);
    expect(JSON.stringify(await readHistory(orders.store, alice, orderId))).not.toContain(TOKEN);
  });

  it.each([
    ['is paid', ['reserved', 'captured']],
    ['is paid before its stock is known', ['captured']],
    ['is declined', ['reserved', 'declined']],
    ['is out of stock', ['rejected']],
    ['is cancelled before it is paid', ['cancelled', 'released']],
    ['is cancelled while it is paid', ['reserved', 'erased', 'refunded']],
  ] as const)('is gone when the order %s', async (_how, steps) => {
    expect(holding()).toHaveLength(1);
    for (const step of steps) await reports[step]();
    expect(holding()).toEqual([]);
  });

  it('is gone in the end although the function ended before it could forget it', async () => {
    await reports.reserved();
    let commits = 0;
    const dying: typeof orders.table = {
      ...orders.table,
      commit: (writes) => {
        commits += 1;
        return commits === 2 ? Promise.reject(new Error('ended')) : orders.table.commit(writes);
      },
    };
    const captured = message('m3', 'PaymentCaptured.v1', { orderId, userId: 'alice', amount });
    const store = createOrderStore(dying);
    await expect(fulfilOrder({ ...orders, table: dying, store }, captured)).rejects.toThrow('ended');
    expect(holding()).toHaveLength(1);
    await fulfilOrder(orders, captured);
    expect(holding()).toEqual([]);
  });

  it('stays while the order may still ask for its payment', async () => {
    await reports.reserved();
    await reports.reserved();
    expect(holding()).toHaveLength(1);
  });

  it('is not sent once patience is over, whether or not its row was deleted by then', async () => {
    await reports.reserved();
    orders.wait(PATIENCE_SECONDS + MARGIN_SECONDS - 1);
    expect((await captureSent())?.data).toHaveProperty('paymentToken', TOKEN);
    orders.wait(1);
    expect((await captureSent())?.data).toEqual({ orderId, userId: 'alice', amount });
  });

  it('is not kept for an order that was not placed', async () => {
    await orders.table.commit([{ kind: 'insert', item: { pk: 'CUSTOMER#bob', sk: 'ERASED' } }]);
    await expect(orders.place('bob')).rejects.toThrow('This user is erased.');
    expect(holding()).toHaveLength(1);
  });

  it('comes from the first event of an order that the release before placed', async () => {
    const event = { type: 'OrderPlaced', orderId: 'old', paymentToken: 'tok_old' };
    const item = { pk: 'STREAM#old', sk: 'EVENT#0000000001', kind: 'event', version: 1, event };
    await orders.table.commit([{ kind: 'insert', item }]);
    const command = message('m9', 'CapturePayment.v1', { orderId: 'old', userId: 'alice', amount });
    expect((await withToken(orders.table, orders.clock)(command)).data).toHaveProperty('paymentToken', 'tok_old');
  });

  it('is not looked for where the command brings it, and in no other command', async () => {
    const none = { get: () => Promise.reject(new Error('looked for')) };
    const old = message('m8', 'CapturePayment.v1', { orderId, userId: 'alice', amount, paymentToken: 'tok_old' });
    const other = message('m9', 'RefundPayment.v1', { orderId, userId: 'alice', amount });
    expect(await withToken(none, orders.clock)(old)).toBe(old);
    expect(await withToken(none, orders.clock)(other)).toBe(other);
  });
});
