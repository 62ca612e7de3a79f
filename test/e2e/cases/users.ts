import { expect, it } from '@jest/globals';
import { registered, unique } from '../people.ts';
import type { System } from '../system.ts';

export const cases = (system: () => System): void => {
  it("registers the token's subject, who can read, change and erase the profile", async () => {
    const sub = unique('user');
    const client = await system().as({ sub });
    const email = `${sub}@Example.com`;
    const created = await client('POST', '/users', { body: { email, name: 'Ada' } });
    expect(created.status).toBe(201);
    expect(created.headers.get('location')).toBe(`/users/${sub}`);
    expect(created.headers.get('etag')).toMatch(/^"1-/);
    expect(created.body).toMatchObject({ id: sub, email: email.toLowerCase(), name: 'Ada' });

    const changed = await client('PATCH', `/users/${sub}`, {
      body: { name: 'Ada L.' },
      headers: { 'if-match': '"1"' },
    });
    expect([changed.status, changed.body.name]).toEqual([200, 'Ada L.']);
    expect(changed.headers.get('etag')).toMatch(/^"2-/);

    expect((await client('DELETE', `/users/${sub}`)).status).toBe(204);
    expect((await client('GET', `/users/${sub}`)).status).toBe(404);
  });

  it('refuses a subject or an e-mail address that is taken', async () => {
    const { sub, client } = await registered(system());
    expect((await client('POST', '/users', { body: { email: `${sub}x@example.com`, name: 'A' } })).status).toBe(409);
    const other = await system().as({ sub: unique('user') });
    const twin = await other('POST', '/users', { body: { email: `${sub.toUpperCase()}@EXAMPLE.com`, name: 'B' } });
    expect(twin.status).toBe(409);
    expect(JSON.stringify(twin.body)).toContain('#/email');
  });

  it('lets one of many concurrent claims on an address win, and frees it when its holder changes it', async () => {
    const email = `${unique('shared')}@example.com`;
    const subs = Array.from({ length: 8 }, () => unique('user'));
    const clients = await Promise.all(subs.map((sub) => system().as({ sub })));
    const replies = await Promise.all(
      clients.map((client) => client('POST', '/users', { body: { email, name: 'A' } })),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)]);
    const winner = replies.findIndex(({ status }) => status === 201);
    const holder = clients[winner];
    await holder?.('PATCH', `/users/${subs[winner]}`, { body: { email: `x${email}` }, headers: { 'if-match': '"1"' } });
    const next = await clients[(winner + 1) % 8]?.('POST', '/users', { body: { email, name: 'B' } });
    expect(next?.status).toBe(201);
  });

  it('registers a subject of another identity provider under an id of ours', async () => {
    const sub = `auth0|${unique('user')}`;
    const client = await system().as({ sub });
    const created = await client('POST', '/users', { body: { email: `${unique('x')}@example.com`, name: 'Ada' } });
    expect(created.status).toBe(201);
    expect((await client('GET', created.headers.get('location') ?? '')).body).toEqual(created.body);
  });

  it('erases a user at the version that If-Match names', async () => {
    const { sub, client } = await registered(system());
    expect((await client('DELETE', `/users/${sub}`, { headers: { 'if-match': '"999"' } })).status).toBe(412);
    expect((await client('GET', `/users/${sub}`)).status).toBe(200);
    expect((await client('DELETE', `/users/${sub}`, { headers: { 'if-match': '"1"' } })).status).toBe(204);
  });

  it('asks for If-Match and refuses a stale one', async () => {
    const { sub, client } = await registered(system());
    const change = { body: { name: 'New' } };
    expect((await client('PATCH', `/users/${sub}`, change)).status).toBe(428);
    const stale = await client('PATCH', `/users/${sub}`, { ...change, headers: { 'if-match': '"9"' } });
    expect(stale.status).toBe(412);
    const weak = await client('PATCH', `/users/${sub}`, { ...change, headers: { 'if-match': 'W/"1"' } });
    expect(weak.status).toBe(412);
    const read = { ...change, headers: { 'if-match': '"1"' } };
    expect((await client('PATCH', `/users/${sub}`, read)).status).toBe(200);
    expect((await client('PATCH', `/users/${sub}`, read)).status).toBe(412);
  });
};
