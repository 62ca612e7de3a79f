import { expect, it } from '@jest/globals';
import { admin, registered, stocked, unique } from '../people.ts';
import type { System } from '../system.ts';
import { publicCases } from './public.ts';

export const edgeCases = (system: () => System): void => {
  publicCases(() => system().anonymous);

  it.each([
    ['expired', { expiresInSeconds: -60 }],
    ['of a foreign issuer', { claims: { iss: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Foreign00' } }],
    ['of a foreign client', { claims: { client_id: 'someone-else' } }],
    ['unsigned', { header: { alg: 'none' } }],
  ])('answers a token that is %s with 401', async (_name, identity) => {
    const client = await system().as({ sub: 'mallory', ...identity });
    expect((await client('GET', '/orders')).status).toBe(401);
  });

  it('answers a token without the scope with 403', async () => {
    const client = await system().as({ sub: 'reader', scope: 'users/read' });
    expect((await client('GET', '/orders')).status).toBe(403);
  });

  it('sends what has not changed once', async () => {
    const sku = await stocked(system(), 1);
    const read = (headers: Readonly<Record<string, string>> = {}) =>
      system().anonymous('GET', `/products/${sku}`, { headers });
    const tag = (await read()).headers.get('etag') ?? '';
    for (const known of [tag, `W/${tag}`, `"x", ${tag}`, '*']) {
      const reply = await read({ 'if-none-match': known });
      expect([reply.status, reply.text, reply.headers.get('etag')]).toEqual([304, '', tag]);
    }
    expect((await read({ 'if-none-match': '"1"' })).status).toBe(200);
    expect((await read({ 'if-match': '"1"' })).status).toBe(412);
  });

  it('serves every route under its version as well', async () => {
    const sku = await stocked(system(), 1);
    expect((await system().anonymous('GET', `/v1/products/${sku}`)).body.sku).toBe(sku);
  });

  it.each([
    ['bad JSON', 400, { raw: { text: '{"email":', contentType: 'application/json' } }],
    ['no body', 400, {}],
    ['another media type', 415, { raw: { text: 'email=a', contentType: 'text/plain' } }],
    ['a body over 128 KB', 413, { body: { email: 'a@example.com', name: 'x'.repeat(140_000) } }],
    ['an unknown field', 422, { body: { email: 'a@example.com', name: 'A', admin: true } }],
    ['a wrong type', 422, { body: { email: 'a@example.com', name: 7 } }],
    [
      '__proto__',
      400,
      { raw: { text: '{"email":"a@example.com","name":"A","__proto__":{}}', contentType: 'application/json' } },
    ],
  ])('answers %s with %i as problem+json and writes nothing', async (_name, status, send) => {
    const sub = unique('user');
    const client = await system().as({ sub });
    const reply = await client('POST', '/users', send);
    expect(reply.status).toBe(status);
    expect(reply.headers.get('content-type')).toContain('application/problem+json');
    expect(reply.body).toMatchObject({ status, type: expect.any(String), title: expect.any(String) });
    expect((await client('GET', `/users/${sub}`)).status).toBe(404);
  });

  it('names the field that is wrong', async () => {
    const client = await system().as({ sub: unique('user') });
    const reply = await client('POST', '/users', { body: { email: 'no address', name: 'A' } });
    expect(reply.status).toBe(422);
    expect(JSON.stringify(reply.body.errors)).toContain('#/email');
  });

  it('hides what belongs to others as if it were not there', async () => {
    const [mine, other] = [await registered(system()), await registered(system())];
    const foreign = await other.client('GET', `/users/${mine.sub}`);
    const absent = await other.client('GET', `/users/${unique('nobody')}`);
    expect([foreign.status, absent.status]).toEqual([404, 404]);
    expect(foreign.body.detail).toBe(absent.body.detail);
    expect((await (await admin(system()))('GET', `/users/${mine.sub}`)).status).toBe(200);
  });
};
