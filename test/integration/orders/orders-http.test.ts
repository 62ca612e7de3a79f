import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type HttpEventParts, httpEvent } from '../../support/http-event.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { startOrders } from './running-orders.ts';

const running = await startOrders();
const { handler: place } = await import('../../../functions/orders/handlers/place-order.handler.ts');
const { handler: get } = await import('../../../functions/orders/handlers/get-order.handler.ts');
const { handler: history } = await import('../../../functions/orders/handlers/get-order-history.handler.ts');
const { handler: cancel } = await import('../../../functions/orders/handlers/cancel-order.handler.ts');
const { handler: list } = await import('../../../functions/orders/handlers/list-orders.handler.ts');
const { handler: project } = await import('../../../functions/orders/handlers/project-orders.handler.ts');

const tagOf = (version: number) => expect.stringMatching(new RegExp(`^"${version}-`));

let nextKey = 0;

const call = async (
  handler: typeof place,
  sub: string,
  parts: HttpEventParts,
  { groups, remainingMs }: { groups?: string; remainingMs?: number } = {},
) => {
  const claims = { sub, scope: 'orders/read orders/write', ...(groups && { 'cognito:groups': groups }) };
  const { statusCode, headers, body } = await handler(httpEvent({ ...parts, claims }), lambdaContext(remainingMs));
  return { status: statusCode, headers: headers ?? {}, body: body === undefined ? undefined : JSON.parse(body) };
};

const freshKey = () => {
  nextKey += 1;
  return `key-${nextKey}`;
};

const order = (body: unknown, key = freshKey(), sub = 'alice', remainingMs = 10_000) => {
  const headers = { 'idempotency-key': key };
  const parts = { method: 'POST', path: '/api/orders', headers, body: JSON.stringify(body) };
  return call(place, sub, parts, { remainingMs });
};

const good = { items: [{ sku: 'tea', quantity: 2 }], paymentToken: 'tok_secret' };

const placed = async (sub = 'alice'): Promise<string> => String((await order(good, freshKey(), sub)).body.id);

afterAll(() => running.stop());

describe('POST /orders', () => {
  it('answers 202 with the order, where it is and its version', async () => {
    const { status, headers, body } = await order(good);
    expect(status).toBe(202);
    expect(headers).toMatchObject({ location: `/orders/${body.id}`, etag: tagOf(1) });
    expect(body).toMatchObject({ status: 'PENDING', total: { amount: 900, currency: 'EUR' }, version: 1 });
    expect(JSON.stringify(body)).not.toContain('tok_secret');
  });

  it('asks catalog for the caller, whose access token goes along', async () => {
    const body = JSON.stringify(good);
    const request = { method: 'POST', path: '/api/orders', body };
    const keyed = () => ({ 'idempotency-key': freshKey() });
    await call(place, 'alice', { ...request, headers: { ...keyed(), authorization: 'Bearer a.b.c' } });
    expect(running.door.caller).toBe('a.b.c');
    await call(place, 'alice', { ...request, headers: keyed() });
    expect(running.door.caller).toBeUndefined();
  });

  it.each([16, 50])('takes %d orders of one customer at once', async (count) => {
    const sub = `buyer-of-${count}`;
    const replies = await Promise.all(Array.from({ length: count }, () => order(good, freshKey(), sub)));
    expect(replies.map(({ status }) => status)).toEqual(Array(count).fill(202));
  });

  it('answers a repeated key with the same reply, and asks for no second quote', async () => {
    const first = await order(good, 'repeated');
    const asked = running.door.questions;
    const second = await order(good, 'repeated');
    expect({ ...second, headers: { ...second.headers, 'x-correlation-id': '' } }).toEqual({
      ...first,
      headers: { ...first.headers, 'x-correlation-id': '' },
    });
    expect(running.door.questions).toBe(asked);
  });

  it("gives each customer an order of their own, also for another's key", async () => {
    const [alices, bobs] = [await order(good, 'same-key'), await order(good, 'same-key', 'bob')];
    expect([alices.status, bobs.status]).toEqual([202, 202]);
    expect(bobs.body.id).not.toBe(alices.body.id);
    expect((await call(get, 'bob', { path: `/api/orders/${bobs.body.id}` })).status).toBe(200);
    expect((await call(get, 'bob', { path: `/api/orders/${alices.body.id}` })).status).toBe(404);
  });

  it('places one order for a key used many times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => order(good, 'at-once')));
    const ids = answers.filter(({ status }) => status === 202).map(({ body }) => body.id);
    expect(new Set(ids).size).toBe(1);
    expect(answers.filter(({ status }) => status !== 202 && status !== 409)).toEqual([]);
  });

  it.each([
    ['no items', { ...good, items: [] }, '#/items'],
    [
      '51 items',
      { ...good, items: Array.from({ length: 51 }, (_, at) => ({ sku: `s${at}`, quantity: 1 })) },
      '#/items',
    ],
    ['quantity 0', { ...good, items: [{ sku: 'tea', quantity: 0 }] }, '#/items/0/quantity'],
    ['quantity 1.5', { ...good, items: [{ sku: 'tea', quantity: 1.5 }] }, '#/items/0/quantity'],
    ['quantity as text', { ...good, items: [{ sku: 'tea', quantity: '1' }] }, '#/items/0/quantity'],
    ['quantity 1001', { ...good, items: [{ sku: 'tea', quantity: 1001 }] }, '#/items/0/quantity'],
    ['an unknown product', { ...good, items: [{ sku: 'moon', quantity: 1 }] }, '#/items/0/sku'],
    ['a product twice', { ...good, items: [...good.items, ...good.items] }, '#/items/1/sku'],
    ['two currencies', { ...good, items: [...good.items, { sku: 'yen-cup', quantity: 1 }] }, '#/items/1/sku'],
    ['a sku that could not be one', { ...good, items: [{ sku: 'ORDER#1', quantity: 1 }] }, '#/items/0/sku'],
    ['no token', { items: good.items }, '#/paymentToken'],
    ['a token with a line break', { ...good, paymentToken: 'tok\nok' }, '#/paymentToken'],
  ])('answers 422 for %s and names the field', async (_, body, pointer) => {
    const answer = await order(body);
    expect(answer.status).toBe(422);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ pointer })]));
  });

  it('answers 422 for a field that it does not know, and for a key used with another body', async () => {
    expect((await order({ ...good, total: 1 })).status).toBe(422);
    await order(good, 'once');
    expect(await order({ ...good, items: [{ sku: 'tea', quantity: 3 }] }, 'once')).toMatchObject({ status: 422 });
  });

  it('answers 400 without a key', async () => {
    const answer = await call(place, 'alice', { method: 'POST', path: '/orders', body: JSON.stringify(good) });
    expect(answer.status).toBe(400);
  });

  it('answers 503 with Retry-After while catalog is down, and places the order when it is back', async () => {
    running.door.isDown = true;
    const refused = await order(good, 'patient');
    running.door.isDown = false;
    expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': expect.any(String) } });
    expect((await order(good, 'patient')).status).toBe(202);
  });

  it('answers 503 and asks catalog nothing when its function has too little time left', async () => {
    const asked = running.door.questions;
    expect((await order(good, 'late', 'alice', 400)).status).toBe(503);
    expect(running.door.questions).toBe(asked);
    expect((await order(good, 'late')).status).toBe(202);
  });
});

describe('GET /orders/{id}', () => {
  it('shows what was just placed, to its customer and an administrator alone', async () => {
    const path = `/api/orders/${await placed()}`;
    expect(await call(get, 'alice', { path })).toMatchObject({ status: 200, headers: { etag: tagOf(1) } });
    expect((await call(get, 'root', { path }, { groups: '[admin]' })).status).toBe(200);
    const foreign = await call(get, 'mallory', { path });
    const missing = await call(get, 'mallory', { path: '/api/orders/01J0000000000000000000000' });
    expect([foreign.status, missing.status]).toEqual([404, 404]);
    expect({ ...foreign.body, instance: '' }).toEqual({ ...missing.body, instance: '' });
  });

  it('answers 404 for an id that could not be one', async () => {
    expect((await call(get, 'alice', { path: '/api/orders/a#b' })).status).toBe(404);
  });

  it('has a history without the payment token', async () => {
    const answer = await call(history, 'alice', { path: `/api/orders/${await placed()}/events` });
    expect(answer.body.items).toMatchObject([{ version: 1, type: 'OrderPlaced' }]);
    expect(JSON.stringify(answer.body)).not.toContain('tok_secret');
  });
});

describe('an order to which a newer release added an event', () => {
  const later = { schema: 'GiftWrapped.v1', type: 'GiftWrapped', note: 'tok_secret' };
  let id: string;

  beforeAll(async () => {
    id = await placed();
    const { createDynamoTable } = await import('../../../functions/adapters/aws/dynamo-table.ts');
    const table = createDynamoTable({ tableName: String(process.env.EVENT_TABLE_NAME) });
    const row = {
      kind: 'event',
      streamId: id,
      version: 2,
      occurredAt: '2026-11-24T12:00:00.000Z',
      cause: { correlationId: 'c', causationId: 'r' },
      event: later,
    };
    await table.commit([{ kind: 'insert', item: { pk: `STREAM#${id}`, sk: 'EVENT#0000000002', ...row } }]);
  });

  it.each([
    ['read', () => call(get, 'alice', { path: `/api/orders/${id}` })],
    ['shown with its history', () => call(history, 'alice', { path: `/api/orders/${id}/events` })],
    [
      'cancelled',
      () => call(cancel, 'alice', { method: 'POST', path: `/api/orders/${id}/cancel`, headers: { 'if-match': '"1"' } }),
    ],
  ])('cannot be %s now: 503, with a time to come back and nothing of the event', async (_how, ask) => {
    const { status, headers, body } = await ask();
    expect({ status, headers }).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
    expect(body.type).toMatch(/stored-by-newer-release$/);
    expect(JSON.stringify(body)).not.toMatch(/tok_secret|GiftWrapped/);
  });
});

describe('POST /orders/{id}/cancel', () => {
  const cancelling = (id: string, tag?: string, sub = 'alice') =>
    call(cancel, sub, { method: 'POST', path: `/api/orders/${id}/cancel`, headers: tag ? { 'if-match': tag } : {} });

  it('answers 428 without If-Match, 412 for another version, 404 for another customer, 202 at last', async () => {
    const id = await placed();
    expect((await cancelling(id)).status).toBe(428);
    expect((await cancelling(id, '"9"')).status).toBe(412);
    expect((await cancelling(id, 'W/"1"')).status).toBe(412);
    expect((await cancelling(id, '"1"', 'mallory')).status).toBe(404);
    expect(await cancelling(id, '"1"')).toMatchObject({
      status: 202,
      headers: { etag: tagOf(3) },
      body: { status: 'CANCELLING', reason: 'customer', version: 3 },
    });
    expect((await cancelling(id, '"1"')).status).toBe(412);
  });
});

describe('GET /orders', () => {
  const ids: string[] = [];

  const eventOf = (id: string) => ({
    kind: { S: 'event' },
    streamId: { S: id },
    version: { N: '1' },
    occurredAt: { S: '2026-11-24T12:00:00.000Z' },
    cause: { M: { correlationId: { S: 'c' }, causationId: { S: 'r' } } },
    event: { M: { type: { S: 'OrderPlaced' } } },
  });

  beforeAll(async () => {
    for (let number = 0; number < 5; number += 1) ids.unshift(await placed('carol'));
    const Records = ids.map((id, at) => ({
      eventName: 'INSERT' as const,
      dynamodb: { SequenceNumber: String(at + 1), NewImage: eventOf(id) },
    }));
    expect(await project({ Records }, lambdaContext())).toEqual({ batchItemFailures: [] });
  });

  const page = (query: Readonly<Record<string, string>>, sub = 'carol') =>
    call(list, sub, { path: '/api/orders', query });

  it('lists own orders newest first, page by page', async () => {
    const first = await page({ limit: '3' });
    const second = await page({ limit: '3', cursor: first.body.next });
    expect([...first.body.items, ...second.body.items].map(({ id }: { id: string }) => id)).toEqual(ids);
    expect((await page({}, 'dave')).body).toEqual({ items: [] });
  });

  it('finds them by status', async () => {
    expect((await page({ status: 'PENDING' })).body.items).toHaveLength(5);
    expect((await page({ status: 'CONFIRMED' })).body.items).toEqual([]);
  });

  it.each([[{ limit: '0' }], [{ limit: '101' }], [{ status: 'LOST' }], [{ cursor: 'forged' }], [{ colour: 'red' }]])(
    'answers 400 for %j',
    async (query) => {
      expect((await page(query)).status).toBe(400);
    },
  );

  it("answers 400 for another customer's cursor", async () => {
    const { next } = (await page({ limit: '1' })).body;
    expect((await page({ limit: '1', cursor: next }, 'dave')).status).toBe(400);
  });
});
