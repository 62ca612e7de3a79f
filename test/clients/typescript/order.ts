import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import createClient from 'openapi-fetch';
import type { components, paths } from './archipelago.ts';

/*
 * A program of a stranger: it knows the types that openapi-typescript made of openapi.json, and nothing else of this
 * repository. It is compiled before it is run.
 */

type Schemas = components['schemas'];

const { API_URL: baseUrl = '', CONTROL_URL: controlUrl = '', CONTROL_TOKEN: controlToken = '' } = process.env;

const clientOf = async (sub: string, ...groups: readonly string[]) => {
  const answer = await fetch(`${controlUrl}/control/token`, {
    method: 'POST',
    headers: { authorization: `Bearer ${controlToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ sub, groups }),
  });
  const { accessToken }: { readonly accessToken: string } = JSON.parse(await answer.text());
  return createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${accessToken}` } });
};

const eventually = async <T>(read: () => Promise<T | undefined>, withinMs = 30_000): Promise<T> => {
  const endMs = performance.now() + withinMs;
  while (performance.now() < endMs) {
    const found = await read();
    if (found !== undefined) return found;
    await setTimeout(50);
  }
  throw new Error(`not within ${withinMs} ms`);
};

const stocked = async (sku: string): Promise<Schemas['Product'] | undefined> => {
  const admin = await clientOf('merchant', 'admin');
  const details: Schemas['ProductDetails'] = { name: 'Teapot', price: { amount: 1250, currency: 'EUR' } };
  await admin.PUT('/products/{sku}', { params: { path: { sku } }, body: details });
  const { data } = await admin.POST('/products/{sku}/stock', {
    params: { path: { sku }, header: { 'Idempotency-Key': randomUUID() } },
    body: { delta: 3 },
  });
  return data;
};

void test('places an order and reads it until it is confirmed', async () => {
  const sku = `teapot-${randomUUID()}`;
  assert.equal((await stocked(sku))?.available, 3);
  const customer = await clientOf(`auth0|${randomUUID()}`);
  const body: Schemas['NewOrder'] = { items: [{ sku, quantity: 2 }], paymentToken: 'tok_ok' };
  const placed = await customer.POST('/orders', { params: { header: { 'Idempotency-Key': randomUUID() } }, body });
  const order: Schemas['Order'] | undefined = placed.data;
  assert.ok(order);
  assert.equal(order.total.amount, 2500);
  const path = { id: order.id };
  const confirmed = await eventually(async () => {
    const { data, response } = await customer.GET('/orders/{id}', { params: { path } });
    return data?.status === 'CONFIRMED' ? { data, etag: response.headers.get('etag') ?? '' } : undefined;
  });
  assert.equal(confirmed.data.items[0]?.sku, sku);
  const header = { 'If-None-Match': confirmed.etag };
  assert.equal((await customer.GET('/orders/{id}', { params: { path, header } })).response.status, 304);
});

void test('has a type for what the API refuses', async () => {
  const customer = await clientOf('ada');
  const { error } = await customer.POST('/orders', {
    params: { header: { 'Idempotency-Key': randomUUID() } },
    body: { items: [{ sku: 'none', quantity: 0 }], paymentToken: 'tok_ok' },
  });
  const problem: Schemas['Problem'] | Schemas['Refusal'] | undefined = error;
  assert.deepEqual(problem?.errors, [{ pointer: '#/items/0/quantity', detail: 'must be at least 1' }]);
});

void test('has a type for what API Gateway refuses', async () => {
  const stranger = createClient<paths>({ baseUrl });
  const { error, response } = await stranger.GET('/v2/orders');
  assert.equal(response.status, 401);
  assert.equal(error && 'message' in error ? error.message : undefined, 'Unauthorized');
});
