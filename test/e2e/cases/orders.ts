import { expect, it } from '@jest/globals';
import type { Reply } from '../client.ts';
import { admin, listedOnce, orderEnding, place, registered, stocked, unique } from '../people.ts';
import type { System } from '../system.ts';

export const cases = (system: () => System): void => {
  it('takes an order from PENDING to CONFIRMED: stock taken, payment captured, one notification', async () => {
    const sku = await stocked(system(), 5, 1200);
    const { client } = await registered(system());
    const placed = await place(client, sku, { quantity: 2 });
    expect(placed.status).toBe(202);
    expect(placed.body.status).toBe('PENDING');
    expect(placed.headers.get('location')).toBe(`/orders/${placed.body.id}`);

    const order = await orderEnding(client, placed.body.id);
    expect(order).toMatchObject({ status: 'CONFIRMED', total: { amount: 2400, currency: 'EUR' } });
    await system().settled();
    expect((await system().anonymous('GET', `/products/${sku}`)).body.available).toBe(3);
    const payments = await client('GET', `/payments?orderId=${order.id}`);
    expect(payments.body.items).toMatchObject([{ orderId: order.id, status: 'CAPTURED', captured: 2400 }]);
    const notes = await client('GET', `/notifications?orderId=${order.id}`);
    expect(notes.body.items).toMatchObject([{ orderId: order.id, kind: 'order_confirmed' }]);
    const history = await client('GET', `/orders/${order.id}/events`);
    expect(JSON.stringify(history.body)).not.toContain('tok_ok');
  });

  it.each([
    ['tok_declined', 'CANCELLED', 'payment_declined', 5],
    ['tok_error_once', 'CONFIRMED', undefined, 4],
    ['tok_lost_reply', 'CONFIRMED', undefined, 4],
  ])('ends an order paid with %s as %s', async (token, status, reason, available) => {
    const sku = await stocked(system(), 5);
    const { client } = await registered(system());
    const placed = await place(client, sku, { token });
    const order = await orderEnding(client, placed.body.id);
    expect([order.status, order.reason]).toEqual([status, reason]);
    await system().settled();
    expect((await system().anonymous('GET', `/products/${sku}`)).body.available).toBe(available);
  });

  it('cancels an order that asks for more than there is', async () => {
    const sku = await stocked(system(), 1);
    const { client } = await registered(system());
    const placed = await place(client, sku, { quantity: 2 });
    expect(await orderEnding(client, placed.body.id)).toMatchObject({ status: 'CANCELLED', reason: 'out_of_stock' });
  });

  it('makes one order of many requests with the same key, and replays the answer', async () => {
    const sku = await stocked(system(), 50);
    const { client } = await registered(system());
    const key = unique('key');
    const replies = await Promise.all(Array.from({ length: 10 }, () => place(client, sku, { key })));
    expect(replies.filter(({ status }) => status !== 202 && status !== 409)).toEqual([]);
    const seen = ({ status, text, headers }: Reply) => [status, text, headers.get('location'), headers.get('etag')];
    const replay = await place(client, sku, { key });
    for (const reply of replies.filter(({ status }) => status === 202)) expect(seen(replay)).toEqual(seen(reply));
    expect(replay).toMatchObject({ status: 202, body: { id: expect.any(String) } });
    expect(await listedOnce(client)).toHaveLength(1);
  });

  it('refuses a reused key with another body, and asks for a key', async () => {
    const sku = await stocked(system(), 5);
    const { client } = await registered(system());
    const key = unique('key');
    expect((await place(client, sku, { key })).status).toBe(202);
    expect((await place(client, sku, { key, quantity: 2 })).status).toBe(422);
    const body = { items: [{ sku, quantity: 1 }], paymentToken: 'tok_ok' };
    expect((await client('POST', '/orders', { body })).status).toBe(400);
  });

  it.each([
    ['zero', 0],
    ['a negative number', -1],
    ['a fraction', 1.5],
    ['text', '1'],
    ['too many', 1e9],
  ])('refuses %s as quantity with 422', async (_name, quantity) => {
    const { client } = await registered(system());
    const body = { items: [{ sku: 'any', quantity }], paymentToken: 'tok_ok' };
    const reply = await client('POST', '/orders', { body, headers: { 'idempotency-key': unique('key') } });
    expect(reply.status).toBe(422);
    expect(JSON.stringify(reply.body.errors)).toContain('#/items/0/quantity');
  });

  it('refuses an unknown sku with 422, naming it', async () => {
    const { client } = await registered(system());
    const reply = await place(client, unique('unknown'));
    expect(reply.status).toBe(422);
    expect(JSON.stringify(reply.body.errors)).toContain('#/items/0/sku');
  });

  it('shows an order to its owner and to an administrator only', async () => {
    const sku = await stocked(system(), 5);
    const [{ client: owner }, { client: other }] = [await registered(system()), await registered(system())];
    const { id } = (await place(owner, sku)).body;
    expect((await owner('GET', `/orders/${id}`)).status).toBe(200);
    expect((await other('GET', `/orders/${id}`)).status).toBe(404);
    expect((await other('GET', `/orders/${id}/events`)).status).toBe(404);
    expect((await other('POST', `/orders/${id}/cancel`, { headers: { 'if-match': '"1"' } })).status).toBe(404);
    expect((await (await admin(system()))('GET', `/orders/${id}`)).status).toBe(200);
  });

  it('refuses to cancel what is terminal, stale or not asked for by version', async () => {
    const sku = await stocked(system(), 5);
    const { client } = await registered(system());
    const { id } = (await place(client, sku)).body;
    const { version } = await orderEnding(client, id);
    expect((await client('POST', `/orders/${id}/cancel`)).status).toBe(428);
    const stale = await client('POST', `/orders/${id}/cancel`, { headers: { 'if-match': '"1"' } });
    expect(stale.status).toBe(412);
    const terminal = await client('POST', `/orders/${id}/cancel`, { headers: { 'if-match': `"${version}"` } });
    expect(terminal.status).toBe(409);
  });

  it('lists own orders newest first, by page and by status', async () => {
    const sku = await stocked(system(), 9);
    const { client } = await registered(system());
    const ids: unknown[] = [];
    for (let count = 0; count < 3; count += 1) ids.unshift((await place(client, sku)).body.id);
    for (const id of ids) await orderEnding(client, id);
    await system().settled();
    const first = await client('GET', '/orders?limit=2');
    const items = (reply: typeof first) =>
      Array.isArray(reply.body.items) ? reply.body.items.map(({ id }) => id) : [];
    const second = await client('GET', `/orders?limit=2&cursor=${encodeURIComponent(String(first.body.next))}`);
    expect([...items(first), ...items(second)]).toEqual(ids);
    expect(items(await client('GET', '/orders?status=CANCELLED'))).toEqual([]);
    const stranger = await system().as({ sub: unique('user') });
    const stolen = await stranger('GET', `/orders?cursor=${encodeURIComponent(String(first.body.next))}`);
    expect(stolen.status).toBe(400);
  });

  it('lists whole orders at /orders and /v1/orders, which say when they end, and summaries at /v2/orders', async () => {
    const sku = await stocked(system(), 5);
    const { client } = await registered(system());
    const ids = [(await place(client, sku)).body.id, (await place(client, sku)).body.id];
    for (const id of ids) await orderEnding(client, id);
    await system().settled();
    const [old, v1] = [await client('GET', '/orders?limit=1'), await client('GET', '/v1/orders?limit=1')];
    expect(v1.body.items).toEqual(old.body.items);
    expect(old.body.items).toEqual([(await client('GET', `/orders/${ids[1]}`)).body]);
    for (const { headers } of [old, v1]) {
      expect(headers.get('deprecation')).toBe('@1796083200');
      expect(headers.get('sunset')).toBe('Thu, 01 Jul 2027 00:00:00 GMT');
      expect(headers.get('link')).toContain('</v2/orders>; rel="successor-version"');
    }
    // A cursor of one version goes on in the other: a client may change over between two pages.
    const v2 = await client('GET', `/v2/orders?cursor=${encodeURIComponent(String(old.body.next))}`);
    expect(v2.headers.get('sunset')).toBeNull();
    const { id, status, total, version, placedAt } = (await client('GET', `/orders/${ids[0]}`)).body;
    expect(v2.body).toEqual({ items: [{ id, status, lineCount: 1, total, version, placedAt }] });
    expect((await client('GET', '/v2/orders?limit=0')).status).toBe(400);
  });
};
