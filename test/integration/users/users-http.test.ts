import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import { type HttpEventParts, httpEvent } from '../../support/http-event.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { startUsers } from './running-users.ts';

const running = await startUsers();
const { handler: register } = await import('../../../functions/users/handlers/register-user.handler.ts');
const { handler: get } = await import('../../../functions/users/handlers/get-user.handler.ts');
const { handler: change } = await import('../../../functions/users/handlers/change-profile.handler.ts');
const { handler: erase } = await import('../../../functions/users/handlers/erase-user.handler.ts');

afterAll(() => running.stop());

const call = async (handler: typeof get, sub: string, parts: HttpEventParts, groups?: string) => {
  const claims = { sub, scope: 'users/read users/write', ...(groups && { 'cognito:groups': groups }) };
  const { statusCode, headers, body } = await handler(httpEvent({ ...parts, claims }), lambdaContext());
  return { status: statusCode, headers: headers ?? {}, body: body === undefined ? undefined : JSON.parse(body) };
};

const tagOf = (version: number) => expect.stringMatching(new RegExp(`^"${version}-`));
const pathOf = (id: string) => `/api/users/${id}`;
const reading = (id: string, sub = id, groups?: string) => call(get, sub, { path: pathOf(id) }, groups);
const erasing = (id: string, sub = id, headers: Readonly<Record<string, string>> = {}) =>
  call(erase, sub, { method: 'DELETE', path: pathOf(id), headers });
const changing = (id: string, body: object, tag: string, sub = id) =>
  call(change, sub, {
    method: 'PATCH',
    path: pathOf(id),
    headers: { 'if-match': tag },
    body: JSON.stringify(body),
  });
const registering = (sub: string, email: string) =>
  call(register, sub, { method: 'POST', path: '/api/users', body: JSON.stringify({ email, name: 'Ada' }) });

/** A user of one's own, at version 1. */
const registered = async (): Promise<string> => {
  const sub = randomUUID();
  expect((await registering(sub, `${sub}@example.com`)).status).toBe(201);
  return sub;
};

describe("another's profile", () => {
  it('looks as if it were not there, to read, change or erase, and stays as it is', async () => {
    const ada = await registered();
    const before = await reading(ada);
    const foreign = [
      await reading(ada, 'mallory'),
      await changing(ada, { name: 'Mallory' }, '"1"', 'mallory'),
      await erasing(ada, 'mallory'),
    ];
    const missing = await reading('nowhere', 'mallory');
    for (const { status, body } of foreign) {
      expect(status).toBe(404);
      expect({ ...body, instance: '' }).toEqual({ ...missing.body, instance: '' });
    }
    expect(await reading(ada)).toMatchObject({ status: 200, headers: { etag: tagOf(1) }, body: before.body });
  });

  it('is shown to an administrator, who can neither change nor erase it', async () => {
    const ada = await registered();
    expect(await reading(ada, 'root', '[admin]')).toMatchObject({ status: 200, body: { id: ada } });
    expect((await call(erase, 'root', { method: 'DELETE', path: pathOf(ada) }, '[admin]')).status).toBe(404);
    expect((await reading(ada)).status).toBe(200);
  });
});

describe('a registration', () => {
  it('whose answer was lost is answered again, and changes nothing', async () => {
    const sub = randomUUID();
    const first = await registering(sub, `${sub}@example.com`);
    const again = await registering(sub, `${sub}@EXAMPLE.com`);
    expect(again).toMatchObject({ status: 201, headers: { etag: tagOf(1) }, body: first.body });
    expect((await registering(sub, `other-${sub}@example.com`)).status).toBe(409);
  });
});

describe('a profile', () => {
  it('is changed at the version that was read, and at no other', async () => {
    const ada = await registered();
    expect((await changing(ada, { name: 'Ada L.' }, '"2"')).status).toBe(412);
    expect(await changing(ada, { name: 'Ada L.' }, '"1"')).toMatchObject({ status: 200, headers: { etag: tagOf(2) } });
    expect((await changing(ada, { name: 'Lost update' }, '"1"')).status).toBe(412);
    expect((await reading(ada)).body).toMatchObject({ name: 'Ada L.', version: 2 });
  });

  it('is changed whatever its version under *, and by none of a list that lacks it', async () => {
    const ada = await registered();
    expect((await changing(ada, { name: 'Ada L.' }, '"2", "3"')).status).toBe(412);
    expect((await changing(ada, { name: 'Ada L.' }, '"01"')).status).toBe(412);
    expect((await changing(ada, { name: 'Ada L.' }, '"7", "1"')).status).toBe(200);
    expect((await changing(ada, { name: 'Ada M.' }, '*')).status).toBe(200);
    expect((await changing('no-such-user', { name: 'X' }, '*')).status).toBe(404);
  });

  it('is erased at the version that If-Match names, and at no other', async () => {
    const ada = await registered();
    expect((await erasing(ada, ada, { 'if-match': '"999"' })).status).toBe(412);
    expect((await erasing(ada, ada, { 'if-none-match': '*' })).status).toBe(412);
    expect((await reading(ada)).status).toBe(200);
    expect((await erasing(ada, ada, { 'if-match': '"1"' })).status).toBe(204);
    expect((await erasing(ada, ada, { 'if-match': '"1"' })).status).toBe(404);
  });

  it('is of a subject of any identity provider', async () => {
    const sub = `auth0|${randomUUID()}`;
    const created = await registering(sub, `${randomUUID()}@example.com`);
    expect(created.status).toBe(201);
    const id = String(created.body.id);
    expect(created.headers.location).toBe(`/users/${id}`);
    expect(await reading(id, sub)).toMatchObject({ status: 200, body: { id } });
    expect((await reading(id, `${sub}x`)).status).toBe(404);
    expect((await erasing(id, sub)).status).toBe(204);
  });

  it('is gone once its owner erases it, and its e-mail address is free again', async () => {
    const ada = await registered();
    const email = `${ada}@example.com`;
    const other = randomUUID();
    expect((await registering(other, email)).status).toBe(409);
    expect((await erasing(ada)).status).toBe(204);
    expect((await reading(ada)).status).toBe(404);
    expect((await registering(other, email)).status).toBe(201);
  });
});
