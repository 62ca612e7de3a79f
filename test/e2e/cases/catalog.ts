import { createHash } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { Reply } from '../client.ts';
import { addStock, admin, stocked, unique } from '../people.ts';
import type { System } from '../system.ts';

const price = { amount: 1999, currency: 'EUR' };

export const cases = (system: () => System): void => {
  it('lets an administrator add a product, change it and stock it', async () => {
    const boss = await admin(system());
    const sku = unique('sku');
    const added = await boss('PUT', `/products/${sku}`, { body: { name: 'Lamp', price } });
    expect([added.status, added.body.available]).toEqual([201, 0]);
    const changed = await boss('PUT', `/products/${sku}`, { body: { name: 'Desk lamp', price } });
    expect([changed.status, changed.body.version]).toEqual([200, 2]);
    const stock = await addStock(boss, sku, 5);
    expect([stock.status, stock.body.available]).toEqual([200, 5]);
    expect((await system().anonymous('GET', `/products/${sku}`)).body).toMatchObject({
      name: 'Desk lamp',
      price,
      available: 5,
    });
  });

  it('refuses stock below zero, stock of an unknown product, and callers who are no administrators', async () => {
    const boss = await admin(system());
    const sku = await stocked(system(), 2);
    expect((await addStock(boss, sku, -3)).status).toBe(409);
    expect((await addStock(boss, unique('none'), 1)).status).toBe(404);
    const someone = await system().as({ sub: 'someone' });
    expect((await someone('PUT', `/products/${sku}`, { body: { name: 'Mine', price } })).status).toBe(403);
  });

  it('gives a product another ETag when its stock changes, and changes it for the version that If-Match names', async () => {
    const boss = await admin(system());
    const sku = await stocked(system(), 2);
    const read = () => system().anonymous('GET', `/products/${sku}`);
    const rename = (name: string, tag: string) =>
      boss('PUT', `/products/${sku}`, { body: { name, price }, headers: { 'if-match': tag } });
    const tagOf = ({ headers }: Reply) => headers.get('etag') ?? '';
    const first = tagOf(await read());
    expect(tagOf(await read())).toBe(first);
    await addStock(boss, sku, 5);
    const second = tagOf(await read());
    expect(second).not.toBe(first);
    const renamed = await rename('Desk lamp', first);
    expect([renamed.status, renamed.body.name, renamed.body.available]).toEqual([200, 'Desk lamp', 7]);
    expect(tagOf(renamed)).toBe(tagOf(await read()));
    expect((await rename('Lamp', second)).status).toBe(412);
    expect(
      (await boss('PUT', `/products/${unique('none')}`, { body: { name: 'X', price }, headers: { 'if-match': first } }))
        .status,
    ).toBe(412);
  });

  it('changes a product under the conditions that a request names', async () => {
    const boss = await admin(system());
    const sku = await stocked(system(), 2);
    const put = (headers: Readonly<Record<string, string>>, at = sku) =>
      boss('PUT', `/products/${at}`, { body: { name: 'Lamp', price }, headers });
    for (const headers of [{ 'if-match': '"999"' }, { 'if-none-match': '*' }, { 'if-none-match': 'W/"1"' }])
      expect((await put(headers)).status).toBe(412);
    expect((await put({ 'if-match': '"01"' })).status).toBe(412);
    expect((await put({ 'if-match': '*' }, unique('none'))).status).toBe(412);
    expect((await put({ 'if-match': '"9", "1"' })).status).toBe(200);
    expect((await put({ 'if-none-match': '*' }, unique('new'))).status).toBe(201);
  });

  it.each([
    ['a fraction of a cent', { amount: 1.5, currency: 'EUR' }],
    ['a negative price', { amount: -1, currency: 'EUR' }],
    ['an amount as text', { amount: '1', currency: 'EUR' }],
    ['an unknown currency form', { amount: 1, currency: 'euro' }],
    ['an amount beyond safe integers', { amount: 2 ** 53 + 1, currency: 'EUR' }],
  ])('refuses %s with 422', async (_name, bad) => {
    const boss = await admin(system());
    const reply = await boss('PUT', `/products/${unique('sku')}`, { body: { name: 'X', price: bad } });
    expect(reply.status).toBe(422);
    expect(JSON.stringify(reply.body.errors)).toContain('#/price');
  });

  it('pages through all products with a cursor, each once', async () => {
    const skus = await Promise.all([1, 2, 3].map(() => stocked(system(), 1)));
    const seen: unknown[] = [];
    let path = '/products?limit=2';
    for (let page = 0; page < 100; page += 1) {
      const { status, body } = await system().anonymous('GET', path);
      expect(status).toBe(200);
      const items = Array.isArray(body.items) ? body.items : [];
      seen.push(...items.map((item) => item.sku));
      if (body.next === undefined) break;
      path = `/products?limit=2&cursor=${encodeURIComponent(String(body.next))}`;
    }
    expect(seen).toEqual(expect.arrayContaining(skus));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('refuses a limit that is none and a cursor that it did not make', async () => {
    expect((await system().anonymous('GET', '/products?limit=0')).status).toBe(400);
    expect((await system().anonymous('GET', '/products?limit=5&cursor=forged')).status).toBe(400);
    await Promise.all([stocked(system(), 1), stocked(system(), 1)]);
    const next = String((await system().anonymous('GET', '/products?limit=1')).body.next);
    const [content = '', key = ''] = next.split('.');
    const position: Record<string, string> = JSON.parse(decodeURIComponent(atob(content)));
    const moved = btoa(encodeURIComponent(JSON.stringify({ ...position, sk: 'x' }))).replace(/=+$/, '');
    const hash = createHash('sha256').update(`${key}\nproducts\n${moved}`).digest('hex').slice(0, 32);
    for (const forged of [`${next}.x`, `${next}x`, `${moved}.${key}.${hash}`, next.replace(content, moved)])
      expect((await system().anonymous('GET', `/products?cursor=${forged}`)).status).toBe(400);
    expect((await system().anonymous('GET', `/products?limit=1&cursor=${next}`)).status).toBe(200);
  });
};
