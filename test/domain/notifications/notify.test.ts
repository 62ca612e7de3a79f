import { describe, expect, it } from '@jest/globals';
import { createMemoryTable } from '../../../functions/kernel/stores/memory-table.ts';
import { notify } from '../../../functions/notifications/commands/notify.ts';
import { cancellation, confirmation } from '../../../functions/notifications/domain/compose.ts';
import type { Notification } from '../../../functions/notifications/domain/notification.ts';
import { notificationsOf } from '../../../functions/notifications/views/notification-view.ts';

const order = { orderId: '01JORDER', userId: 'alice' };
const confirmed = confirmation({ ...order, total: { amount: 2105, currency: 'EUR' } });
const alice = { sub: 'alice', scopes: [], groups: [], isAdmin: false };

const REMAINING_MS = 30_000;
const KEY = '01JORDER-order_confirmed';
const busy = { refusal: { outcome: 'in_progress' } };

/** The service with a sender that keeps what it was given. */
const service = () => {
  const sent: (readonly [string, Notification])[] = [];
  const time = { nowMs: 0 };
  const sender = {
    channel: 'mail',
    send: async (notification: Notification, key: string) => void sent.push([key, notification]),
  };
  return { table: createMemoryTable(), sender, clock: { now: () => time.nowMs }, time, sent };
};

/** The same with a sender that hands over and then waits: without an end, as when its function ends there. */
const waitingAfterSending = (deps: ReturnType<typeof service>, end: Promise<void> = new Promise(() => {})) => {
  const send = async (notification: Notification, key: string) => {
    await deps.sender.send(notification, key);
    await end;
  };
  return { ...deps, sender: { channel: 'mail', send } };
};

const deliver = (deps: Parameters<typeof notify>[0], notification = confirmed) =>
  notify(deps, notification, () => REMAINING_MS);

describe('a notification', () => {
  it('is sent and recorded once for an order and kind, however often its message comes', async () => {
    const deps = service();
    for (let delivery = 0; delivery < 3; delivery += 1) await deliver(deps);
    expect(deps.sent).toEqual([[KEY, confirmed]]);
    expect(await notificationsOf(deps.table, alice, order.orderId)).toMatchObject([{ kind: 'order_confirmed' }]);
  });

  it('is sent once by ten deliveries at once; the others come back later and find it done', async () => {
    const deps = service();
    const { promise: end, resolve } = Promise.withResolvers<void>();
    const slow = waitingAfterSending(deps, end);
    const first = deliver(slow);
    const others = await Promise.allSettled(Array.from({ length: 9 }, () => deliver(slow)));
    expect(others).toMatchObject(others.map(() => ({ status: 'rejected', reason: busy })));
    expect(await notificationsOf(deps.table, alice, order.orderId)).toEqual([]);
    resolve();
    await first;
    await deliver(slow);
    expect(deps.sent).toEqual([[KEY, confirmed]]);
  });

  it('is sent again with the same key, rather than never, when its function ended before it was recorded', async () => {
    const deps = service();
    void deliver(waitingAfterSending(deps));
    await expect(deliver(deps)).rejects.toMatchObject(busy);
    deps.time.nowMs = REMAINING_MS;
    await expect(deliver(deps)).rejects.toMatchObject(busy);
    deps.time.nowMs = REMAINING_MS + 1_000;
    await Promise.allSettled(Array.from({ length: 10 }, () => deliver(deps)));
    expect(deps.sent).toEqual([1, 2].map(() => [KEY, confirmed]));
    expect(await notificationsOf(deps.table, alice, order.orderId)).toHaveLength(1);
  });

  it('is recorded for each kind', async () => {
    const deps = service();
    await deliver(deps);
    await deliver(deps, cancellation({ ...order, reason: 'timed_out' }));
    const kinds = (await notificationsOf(deps.table, alice, order.orderId)).map(({ kind }) => kind);
    expect(kinds).toEqual(['order_cancelled', 'order_confirmed']);
  });

  it('is not recorded when it could not be sent, and is sent by the next delivery at once', async () => {
    const deps = service();
    const failing = { ...deps, sender: { channel: 'mail', send: () => Promise.reject(new Error('no route')) } };
    await expect(deliver(failing)).rejects.toThrow('no route');
    expect(await notificationsOf(deps.table, alice, order.orderId)).toEqual([]);
    await deliver(deps);
    expect(deps.sent).toEqual([[KEY, confirmed]]);
  });

  it('is shown to whom it was sent and to an administrator alone', async () => {
    const deps = service();
    await deliver(deps);
    expect(await notificationsOf(deps.table, { ...alice, sub: 'mallory' }, order.orderId)).toEqual([]);
    expect(await notificationsOf(deps.table, { ...alice, sub: 'root', isAdmin: true }, order.orderId)).toHaveLength(1);
  });
});

describe('the text', () => {
  it.each([
    [2105, 'EUR', '21.05 EUR'],
    [5, 'EUR', '0.05 EUR'],
    [0, 'EUR', '0.00 EUR'],
    [1200, 'JPY', '1200 JPY'],
    [1234, 'KWD', '1.234 KWD'],
    [1234, 'XOF', '1234 XOF'],
    [1234, 'UGX', '1234 UGX'],
    [1234, 'JOD', '1.234 JOD'],
    [1234, 'HUF', '12.34 HUF'],
    [Number.MAX_SAFE_INTEGER, 'EUR', '90071992547409.91 EUR'],
  ])('writes %s minor units of %s as %s', (amount, currency, text) => {
    expect(confirmation({ ...order, total: { amount, currency } }).text).toContain(text);
  });

  it('does not say that the customer cancelled what an operator has cancelled', () => {
    expect(cancellation({ ...order, reason: 'operator' }).text).toBe(
      'We had to cancel it. Anything charged has been given back.',
    );
  });

  it('names the reason of a cancellation', () => {
    expect(cancellation({ ...order, reason: 'out_of_stock' }).text).toBe(
      'A product is out of stock. Anything charged has been given back.',
    );
  });
});
