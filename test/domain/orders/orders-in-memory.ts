import { cancelOrdersOfUserV1 } from '../../../events/contracts/orders/cancel-orders-of-user.v1.ts';
import type { Ask } from '../../../functions/kernel/calls/peers.ts';
import type { Message } from '../../../functions/kernel/messages/message.ts';
import { createMemoryTable } from '../../../functions/kernel/stores/memory-table.ts';
import type { OutboxMessage } from '../../../functions/kernel/stores/outbox.ts';
import { Refused } from '../../../functions/kernel/values/errors.ts';
import { etag } from '../../../functions/kernel/values/etag.ts';
import type { Principal } from '../../../functions/kernel/values/principal.ts';
import { Secret } from '../../../functions/kernel/values/secret.ts';
import { cancelOrdersOfUser } from '../../../functions/orders/commands/erase-customer.ts';
import { fulfilOrder } from '../../../functions/orders/commands/fulfil-order.ts';
import { placeOrder } from '../../../functions/orders/commands/place-order.ts';
import type { Quote } from '../../../functions/orders/domain/order-lines.ts';
import { createOrderStore } from '../../../functions/orders/rows/order-stream.ts';
import { readGenerations } from '../../../functions/orders/rows/view-generations.ts';
import { relayed } from '../../support/relayed.ts';

export const cause = { correlationId: 'c', causationId: 'r' };

export const PATIENCE_SECONDS = 3_600;

export const principal = (sub: string, isAdmin = false): Principal => ({ sub, scopes: [], groups: [], isAdmin });

const sequence = (prefix: string) => {
  let made = 0;
  return () => {
    made += 1;
    return `${prefix}${String(made).padStart(6, '0')}`;
  };
};

export const ordersInMemory = () => {
  const ids = sequence('01J');
  const keys = sequence('key-');
  const catalog = { isDown: false };
  const clock = { nowMs: Date.parse('2026-11-24T12:00:00Z') };
  const table = relayed(createMemoryTable());
  const views = createMemoryTable();
  const deps = {
    table,
    store: createOrderStore(table),
    views,
    generations: async () => (await readGenerations(views)).generations,
    clock: { now: () => clock.nowMs },
    /** Lets time pass. */
    wait: (seconds: number) => {
      clock.nowMs += seconds * 1000;
    },
    ids: { next: ids },
    random: Math.random,
    patienceSeconds: PATIENCE_SECONDS,
    catalog,
    askQuote: (items: readonly { sku: string; quantity: number }[], _ask: Ask): Promise<Quote> =>
      catalog.isDown
        ? Promise.reject(new Refused({ outcome: 'unavailable', code: 'unavailable', detail: 'Try again.' }))
        : Promise.resolve({
            items: items.map(({ sku }) => ({ sku, price: { amount: 450, currency: 'EUR' } })),
            unknown: [],
          }),
  };
  const place = async (userId = 'alice', key = keys(), quantity = 2): Promise<string> => {
    const request = {
      principal: userId,
      method: 'POST',
      path: '/orders',
      key,
      fingerprint: `quantity ${quantity}`,
      remainingMs: () => 5_000,
    };
    const placing = {
      request,
      userId,
      items: [{ sku: 'tea', quantity }],
      paymentToken: new Secret('tok_secret'),
      caller: undefined,
      cause,
    };
    const answer = await placeOrder(deps, placing, ({ state, version }) => ({
      status: 202,
      headers: { location: state.kind === 'none' ? '' : `/orders/${state.placed.orderId}`, etag: etag(version) },
    }));
    return (answer.headers?.location ?? '').replace('/orders/', '');
  };
  return { ...deps, place };
};

/** Messages that left the order, by type, with where they go. */
export const sentBy = (
  table: { sent(): readonly OutboxMessage[] },
  orderId: string,
): readonly (readonly [string, string])[] =>
  table
    .sent()
    .filter(({ message }) => message.metadata.aggregate === `order/${orderId}`)
    .map(({ destination, message }) => [message.type, destination.kind === 'bus' ? 'bus' : destination.queue] as const);

/** Erases a customer: the message of users, and those that orders sends itself, until there is none more. Returns how many. */
export const erase = async (orders: ReturnType<typeof ordersInMemory>, userId: string, id = 'e1'): Promise<number> => {
  await fulfilOrder(orders, message(id, 'UserErased.v1', { userId }));
  const handled = new Set<string>();
  for (;;) {
    const asked = orders.table.sent().filter(({ message }) => message.metadata.aggregate === `customer/${userId}`);
    const next = asked.map(({ message }) => message).find(({ metadata }) => !handled.has(metadata.id));
    if (next === undefined) return handled.size;
    handled.add(next.metadata.id);
    await cancelOrdersOfUser(orders, cancelOrdersOfUserV1.read(next));
  }
};

export const message = <const Type extends string, Data>(id: string, type: Type, data: Data): Message<Type, Data> => ({
  type,
  data,
  metadata: {
    id,
    occurredAt: '2026-11-24T12:00:01.000Z',
    correlationId: 'c',
    causationId: 'x',
    aggregate: 'a/1',
    version: 1,
  },
});
