import { describe, expect, it } from '@jest/globals';
import { createMemoryTable } from '../../../functions/kernel/stores/memory-table.ts';
import { notify } from '../../../functions/notifications/commands/notify.ts';
import { cancellation, confirmation } from '../../../functions/notifications/domain/compose.ts';
import type { Notification } from '../../../functions/notifications/domain/notification.ts';
import { notificationsOf } from '../../../functions/notifications/views/notification-view.ts';

const order = { orderId: '01JORDER', userId: 'alice' };
const confirmed = confirmation({ ...order, total: { amount: 2105, currency: 'EUR' } });
const alice = { sub: 'alice', scopes: [], groups: [], isAdmin: false };

const message = (id: string) => ({
  metadata: {
    id,
    occurredAt: '2026-11-24T12:00:00.000Z',
    correlationId: 'c',
    causationId: 'x',
    aggregate: 'order/1',
    version: 5,
  },
});

/** The service with a sender that keeps what it was given. */
const service = () => {
  const sent: Notification[] = [];
  const sender = { channel: 'mail', send: async (notification: Notification) => void sent.push(notification) };
  return { table: createMemoryTable(), sender, clock: { now: () => 0 }, sent };
};

describe('a notification', () => {
  it('is sent and recorded once for an order and kind, however often its message comes, and by whatever message', async () => {
    const deps = service();
    for (const id of ['m1', 'm1', 'm2']) await notify(deps, message(id), confirmed);
    expect(deps.sent).toEqual([confirmed]);
    expect(await notificationsOf(deps.table, alice, order.orderId)).toMatchObject([{ kind: 'order_confirmed' }]);
  });

  it('is sent again, rather than never, when it was not recorded', async () => {
    const deps = service();
    const failing = { ...deps.table, commit: () => Promise.reject(new Error('no table')) };
    await expect(notify({ ...deps, table: failing }, message('m1'), confirmed)).rejects.toThrow('no table');
    await notify(deps, message('m1'), confirmed);
    await notify(deps, message('m1'), confirmed);
    expect(deps.sent).toEqual([confirmed, confirmed]);
    expect(await notificationsOf(deps.table, alice, order.orderId)).toHaveLength(1);
  });

  it('is recorded for each kind', async () => {
    const deps = service();
    await notify(deps, message('m1'), confirmed);
    await notify(deps, message('m2'), cancellation({ ...order, reason: 'timed_out' }));
    const kinds = (await notificationsOf(deps.table, alice, order.orderId)).map(({ kind }) => kind);
    expect(kinds).toEqual(['order_cancelled', 'order_confirmed']);
  });

  it('is not recorded when it could not be sent', async () => {
    const failing = { channel: 'mail', send: () => Promise.reject(new Error('no route')) };
    const deps = { ...service(), sender: failing };
    await expect(notify(deps, message('m1'), confirmed)).rejects.toThrow('no route');
    expect(deps.table.items()).toEqual([]);
  });

  it('is shown to whom it was sent and to an administrator alone', async () => {
    const deps = service();
    await notify(deps, message('m1'), confirmed);
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
