import { expect, it } from '@jest/globals';
import type { Json, JsonObject } from '../../../functions/kernel/values/json.ts';
import type { Client } from '../client.ts';
import { orderEnding, placeAtLast, registered, stocked } from '../people.ts';
import type { System } from '../system.ts';

const PRICE = 300;
const PRODUCTS = 5;
const STOCK_EACH = 12;

const itemsOf = async (client: Client, path: string): Promise<readonly JsonObject[]> => {
  const items: Json | undefined = (await client('GET', path)).body.items;
  return Array.isArray(items) ? items : [];
};

/** Captured less refunded, as the payments service has it. */
const keptFor = async (client: Client, id: unknown): Promise<number> => {
  const payments = await itemsOf(client, `/payments?orderId=${id}`);
  return payments.reduce((sum, payment) => sum + Number(payment.captured) - Number(payment.refunded), 0);
};

export const rushCases = (system: () => System): void => {
  it('sells exactly the stock to 100 orders at once, keeps money only for what it sold, and tells each once', async () => {
    const customers = await Promise.all(Array.from({ length: 10 }, () => registered(system())));
    const skus = await Promise.all(Array.from({ length: PRODUCTS }, () => stocked(system(), STOCK_EACH, PRICE)));
    const placed = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        const client = customers[index % 10]?.client ?? system().anonymous;
        return { client, reply: await placeAtLast(client, skus[index % PRODUCTS] ?? '') };
      }),
    );
    expect(placed.map(({ reply }) => reply.status).filter((status) => status !== 202)).toEqual([]);
    await system().settled();

    const ended = await Promise.all(
      placed.map(async ({ client, reply }) => ({ client, order: await orderEnding(client, reply.body.id) })),
    );
    const confirmed = ended.filter(({ order }) => order.status === 'CONFIRMED');
    expect(confirmed).toHaveLength(PRODUCTS * STOCK_EACH);
    const left = await Promise.all(skus.map((sku) => system().anonymous('GET', `/products/${sku}`)));
    expect(left.map(({ body }) => body.available)).toEqual(Array(PRODUCTS).fill(0));

    const kept = await Promise.all(ended.map(({ client, order }) => keptFor(client, order.id)));
    expect(kept).toEqual(ended.map(({ order }) => (order.status === 'CONFIRMED' ? PRICE : 0)));
    const told = await Promise.all(
      ended.map(({ client, order }) => itemsOf(client, `/notifications?orderId=${order.id}`)),
    );
    expect(told.map((notifications) => notifications.map(({ kind }) => kind))).toEqual(
      ended.map(({ order }) => [order.status === 'CONFIRMED' ? 'order_confirmed' : 'order_cancelled']),
    );
  }, 240_000);
};
