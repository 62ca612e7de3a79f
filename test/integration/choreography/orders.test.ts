import { describe, expect, it } from '@jest/globals';
import { Refused } from '../../../functions/kernel/values/errors.ts';
import { cancelOrder } from '../../../functions/orders/commands/cancel-order.ts';
import { orderDecider } from '../../../functions/orders/domain/order-decider.ts';
import { chance, deliverAll } from './courier.ts';
import { cause, openShop, PRICE, type Shop } from './shop.ts';

const TOKENS = ['tok_ok', 'tok_ok', 'tok_declined', 'tok_slow', 'tok_error_once', 'tok_lost_reply', 'tok_never_issued'];
const STOCK = 12;
const ORDERS = 10;
const CANCELS = 0.03;
const IMPATIENT = 0.3;
const SEEDS = Array.from({ length: 30 }, (_, seed) => seed);

const customer = { sub: 'alice', scopes: [], groups: [], isAdmin: false };

/** Now and then the customer cancels one of the orders, at whatever version it has. */
const cancelling = (shop: Shop, ids: readonly string[], random: () => number) => async () => {
  if (random() >= CANCELS) return;
  const id = ids[Math.floor(random() * ids.length)] ?? '';
  const { version } = await shop.orders.store.load(id, orderDecider);
  await cancelOrder(shop.orders, customer, id, { oneOf: [version] }, cause).catch((thrown: unknown) => {
    if (!(thrown instanceof Refused)) throw thrown;
  });
};

const run = async (seed: number) => {
  const random = chance(seed);
  const shop = await openShop(STOCK, () => random() >= IMPATIENT);
  const ids: string[] = [];
  for (let number = 0; number < ORDERS; number += 1) {
    const token = TOKENS[Math.floor(random() * TOKENS.length)] ?? 'tok_ok';
    ids.push(await shop.place('alice', 1 + Math.floor(random() * 3), token));
  }
  await deliverAll(shop, random, cancelling(shop, ids, random));
  const orders = await Promise.all(ids.map(async (id) => (await shop.orders.store.load(id, orderDecider)).state));
  return { shop, orders: orders.filter((order) => order.kind !== 'none') };
};

type Run = Awaited<ReturnType<typeof run>>;

const soldBy = ({ orders }: Run) =>
  orders
    .filter(({ kind }) => kind === 'confirmed')
    .flatMap(({ placed }) => placed.items)
    .reduce((sum, { quantity }) => sum + quantity, 0);

const ledgerOf = ({ shop }: Run) =>
  shop.tables.provider
    .items()
    .filter(({ sk }) => sk === 'CHARGE')
    .map(({ id, status, amount, refunded }) => ({
      id: String(id),
      captured: status === 'captured' ? Number(amount) : 0,
      refunded: Number(refunded),
    }));

const runs = new Map<number, Run>();
for (const seed of SEEDS) runs.set(seed, await run(seed));
const each = [...runs];

const failing = (holds: (one: Run) => boolean) => each.filter(([, one]) => !holds(one)).map(([seed]) => seed);

describe('orders across catalog, payments, the provider and notifications', () => {
  it('come to every kind of end', () => {
    const ends = each.flatMap(([, { orders }]) =>
      orders.map((order) => ('reason' in order ? order.reason : order.kind)),
    );
    expect(new Set(ends)).toEqual(new Set(['confirmed', 'out_of_stock', 'payment_declined', 'timed_out', 'customer']));
  });

  it('all end confirmed or cancelled', () => {
    expect(failing(({ orders }) => orders.every(({ kind }) => kind === 'confirmed' || kind === 'cancelled'))).toEqual(
      [],
    );
  });

  it('hold exactly the stock that was sold', async () => {
    for (const [seed, one] of each)
      expect([seed, await one.shop.stock()]).toEqual([seed, { available: STOCK - soldBy(one), reserved: soldBy(one) }]);
  });

  it('keep exactly the money of what was sold', () => {
    const kept = (one: Run) => ledgerOf(one).reduce((sum, { captured, refunded }) => sum + captured - refunded, 0);
    expect(failing((one) => kept(one) === soldBy(one) * PRICE.amount)).toEqual([]);
  });

  it('keep all of a charge or nothing', () => {
    expect(
      failing((one) => ledgerOf(one).every(({ captured, refunded }) => refunded === 0 || refunded === captured)),
    ).toEqual([]);
  });

  it('each notify their customer of how they ended, and not again once that is recorded', () => {
    const told = ({ shop }: Run) =>
      shop.tables.notifications
        .items()
        .filter(({ sk }) => sk.startsWith('NOTIFICATION#'))
        .map(({ orderId, kind }) => `${orderId} ${kind}`)
        .sort();
    const ended = ({ orders }: Run) => orders.map(({ kind, placed }) => `${placed.orderId} order_${kind}`).sort();
    for (const [seed, one] of each) expect([seed, told(one)]).toEqual([seed, ended(one)]);
    expect(failing(({ shop }) => shop.sentAgain.length === 0)).toEqual([]);
  });

  it('have histories without a gap', async () => {
    for (const [, { shop, orders }] of each)
      for (const { placed } of orders) {
        const history = (await shop.orders.store.history(placed.orderId)) ?? [];
        expect(history.map(({ version }) => version)).toEqual(history.map((_, index) => index + 1));
      }
  });
});
