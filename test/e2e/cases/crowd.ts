import { expect, it } from '@jest/globals';
import type { JsonObject } from '../../../functions/kernel/values/json.ts';
import type { Client } from '../client.ts';
import { listedOnce, orderEnding, place, placeAtLast, registered, stocked, unique } from '../people.ts';
import type { System } from '../system.ts';

/** How many orders ended in each way. */
const countOf = (orders: readonly JsonObject[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { status, reason } of orders) {
    const ending = [status, reason].filter((part) => part !== undefined).join(' ');
    counts[ending] = (counts[ending] ?? 0) + 1;
  }
  return counts;
};

/** One order of each buyer for one piece, all at once; how they ended. */
const sellTo = async (system: System, buyers: number, sku: string): Promise<Record<string, number>> => {
  const clients: Client[] = [];
  for (let index = 0; index < buyers; index += 1) clients.push(await system.as({ sub: unique('buyer') }));
  const placed = await Promise.all(clients.map(async (client) => ({ client, reply: await placeAtLast(client, sku) })));
  expect(placed.map(({ reply }) => reply.status).filter((status) => status !== 202)).toEqual([]);
  await system.settled();
  return countOf(await Promise.all(placed.map(({ client, reply }) => orderEnding(client, reply.body.id))));
};

/** Cases that need more at once than every emulator can run. */
export const crowdCases = (system: () => System): void => {
  it('makes one order of 100 requests at once with one key, and answers none of them with 5xx', async () => {
    const sku = await stocked(system(), 500);
    const { client } = await registered(system());
    const key = unique('key');
    const replies = await Promise.all(Array.from({ length: 100 }, () => place(client, sku, { key })));
    expect(replies.map(({ status }) => status).filter((status) => status !== 202 && status !== 409)).toEqual([]);
    const ids = new Set(replies.filter(({ status }) => status === 202).map(({ body }) => body.id));
    expect(ids.size).toBe(1);
    const replay = await place(client, sku, { key });
    expect([replay.status, replay.body.id]).toEqual([202, [...ids][0]]);
    expect(await listedOnce(client)).toHaveLength(1);
  }, 120_000);

  it('sells five pieces to 50 buyers at once: five are confirmed, 45 cancelled', async () => {
    const sku = await stocked(system(), 5);
    expect(await sellTo(system(), 50, sku)).toEqual({ CONFIRMED: 5, 'CANCELLED out_of_stock': 45 });
    expect((await system().anonymous('GET', `/products/${sku}`)).body.available).toBe(0);
  }, 240_000);
};
