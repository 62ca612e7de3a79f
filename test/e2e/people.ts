import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../../functions/kernel/values/json.ts';
import { eventually } from '../support/eventually.ts';
import type { Client, Reply } from './client.ts';
import type { System } from './system.ts';

export const unique = (prefix: string): string => `${prefix}-${randomUUID().slice(0, 8)}`;

export const admin = (system: System): Promise<Client> => system.as({ sub: 'an-admin', groups: ['admin'] });

export const registered = async (system: System): Promise<{ readonly sub: string; readonly client: Client }> => {
  const sub = unique('user');
  const client = await system.as({ sub });
  const reply = await client('POST', '/users', { body: { email: `${sub}@example.com`, name: 'Some One' } });
  if (reply.status !== 201) throw new Error(`could not register: ${reply.status} ${reply.text}`);
  return { sub, client };
};

export const addStock = (boss: Client, sku: string, delta: number, key = unique('key')): Promise<Reply> =>
  boss('POST', `/products/${sku}/stock`, { body: { delta }, headers: { 'idempotency-key': key } });

/** A product of its own with this much stock. */
export const stocked = async (system: System, available: number, amount = 250): Promise<string> => {
  const sku = unique('sku');
  const boss = await admin(system);
  await boss('PUT', `/products/${sku}`, { body: { name: 'Thing', price: { amount, currency: 'EUR' } } });
  if (available > 0) await addStock(boss, sku, available);
  return sku;
};

export const place = (
  client: Client,
  sku: string,
  { quantity = 1, token = 'tok_ok', key = unique('key') }: { quantity?: number; token?: string; key?: string } = {},
): Promise<Reply> =>
  client('POST', '/orders', {
    body: { items: [{ sku, quantity }], paymentToken: token },
    headers: { 'idempotency-key': key },
  });

/** As a client does that is asked to try again: the same request with the same key, until it has another answer. */
export const placeAtLast = (client: Client, sku: string): Promise<Reply> => {
  const key = unique('key');
  const answer = async (): Promise<Reply | undefined> => {
    const reply = await place(client, sku, { key });
    return reply.status === 503 || reply.status === 409 ? undefined : reply;
  };
  return eventually('an order is answered', answer, 120_000);
};

/** The caller's orders, as soon as the list has any: it follows the orders by seconds. */
export const listedOnce = (client: Client): Promise<readonly Json[]> =>
  eventually('an order is listed', async () => {
    const { items } = (await client('GET', '/orders')).body;
    return Array.isArray(items) && items.length > 0 && items;
  });

export const orderEnding = (client: Client, id: unknown): Promise<JsonObject> =>
  eventually(`order ${id} ends`, async () => {
    const { body } = await client('GET', `/orders/${id}`);
    return (body.status === 'CONFIRMED' || body.status === 'CANCELLED') && body;
  });
