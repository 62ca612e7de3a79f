import { beforeEach, describe, expect, it } from '@jest/globals';
import { httpHandler } from '../../../functions/edge/http/handler.ts';
import { type HttpEventParts, httpEvent } from '../../support/http-event.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { addBook, api, claims, good, renewShelf, shelf } from './shelf.ts';

beforeEach(renewShelf);

describe('a route', () => {
  it('hands over everything that its contract asks for, typed', async () => {
    const { status, body, headers } = await addBook({ query: { limit: '5' } });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      params: { id: 's1' },
      query: { limit: '5' },
      body: { title: 'Dune' },
      principal: { sub: 'ada', scopes: ['openid', 'shelf/write'], groups: ['reader', 'admin'], isAdmin: true },
      idempotencyKey: 'key-1',
      precondition: { oneOf: [3] },
      method: 'POST',
      path: '/shelves/s1/books',
      cause: { correlationId: 'ID000000000000000000000001', causationId: 'JKJaXmPLvHcESHA=' },
    });
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  });

  it.each([
    '/shelves/s1/books',
    '/api/shelves/s1/books',
    '/v1/shelves/s1/books',
    '/api/v1/shelves/s1/books',
    '/shelves/s1/books/',
  ])('answers at %s', async (path) => {
    expect((await addBook({ path })).body.params).toEqual({ id: 's1' });
  });

  it.each([
    '/shelves/a%2fb/books',
    '/shelves/../books',
    '/shelves//books',
    '/shelves/a#b/books',
    '/shelves/é/books',
    `/shelves/${'x'.repeat(65)}/books`,
  ])('has nothing at %s', async (path) => {
    expect(await addBook({ path })).toMatchObject({ status: 404, calls: 0 });
  });

  it('fingerprints what a body means, not how it is written', async () => {
    const first = await addBook({ body: '{"title":"Dune","pages":9}' });
    const second = await addBook({ body: ' {"pages": 9, "title": "D\\u0075ne"}' });
    const third = await addBook({ body: '{"title":"Dune","pages":8}' });
    expect(second.body.fingerprint).toBe(first.body.fingerprint);
    expect(third.body.fingerprint).not.toBe(first.body.fingerprint);
  });

  it('reads a body that the gateway passed on in base64', async () => {
    const body = Buffer.from('{"title":"Ä"}').toString('base64');
    expect((await addBook({ body, isBase64Encoded: true })).body.body).toEqual({ title: 'Ä' });
  });

  it('carries the correlation id on and back, but none that could forge a line', async () => {
    const kept = await addBook({ headers: { ...good.headers, 'x-correlation-id': 'abc-1.2:3' } });
    expect(kept.headers['x-correlation-id']).toBe('abc-1.2:3');
    expect(kept.body.cause.correlationId).toBe('abc-1.2:3');
    const forged = await addBook({ headers: { ...good.headers, 'x-correlation-id': 'a\r\nset-cookie: b' } });
    expect(forged.headers['x-correlation-id']).toMatch(/^ID0/);
  });

  it('derives traceparent from the request when it is not traced itself', async () => {
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect((await addBook({ headers: { ...good.headers, traceparent } })).body.cause.traceparent).toBe(traceparent);
    expect((await addBook({ headers: { ...good.headers, traceparent: 'x' } })).body.cause.traceparent).toBeUndefined();
  });
});

describe('a request that is not as it must be is refused before the handler: ', () => {
  const without = (name: string) => ({ headers: { ...good.headers, [name]: '' } });
  const key = (value: string) => ({ headers: { ...good.headers, 'idempotency-key': value } });
  const ifMatch = (value: string) => ({ headers: { ...good.headers, 'if-match': value } });
  const text = (body: string) => ({ body });
  const type = (value: string) => ({ headers: { ...good.headers, 'content-type': value } });
  it.each<[string, Partial<HttpEventParts>, number, string]>([
    ['no token', { claims: undefined }, 401, 'unauthenticated'],
    ['a token without subject', { claims: { scope: 'shelf/write' } }, 401, 'unauthenticated'],
    ['a token of other scopes', { claims: { ...claims, scope: 'shelf/writer' } }, 403, 'forbidden'],
    ['scopes joined by a comma', { claims: { ...claims, scope: 'openid,shelf/write' } }, 403, 'forbidden'],
    ['no idempotency key', without('idempotency-key'), 400, 'idempotency-key-missing'],
    ['a key with a space', key('a b'), 400, 'idempotency-key-missing'],
    ['a key with a line break', key('a\r\nb'), 400, 'idempotency-key-missing'],
    ['a key beyond ASCII', key('é'), 400, 'idempotency-key-missing'],
    ['a key of 256', key('x'.repeat(256)), 400, 'idempotency-key-missing'],
    ['two lines of keys, as the gateway joins them', key('a,b'), 400, 'idempotency-key-missing'],
    ['two lines of quoted keys', key('"a","b"'), 400, 'idempotency-key-missing'],
    ['a key with one quote', key('"a'), 400, 'idempotency-key-missing'],
    ['quotes without a key', key('""'), 400, 'idempotency-key-missing'],
    ['no If-Match', without('if-match'), 428, 'if-match-required'],
    ['If-Match without quotes', ifMatch('3'), 412, 'stale-version'],
    ['If-Match with a tag and no tag', ifMatch('"3", x'), 412, 'stale-version'],
    ['If-None-Match without quotes', { headers: { ...good.headers, 'if-none-match': '3' } }, 412, 'stale-version'],
    ['an unknown query parameter', { query: { sort: 'x' } }, 400, 'validation-failed'],
    ['a malformed query parameter', { query: { limit: 'x' } }, 400, 'validation-failed'],
    ['no body', text(''), 400, 'missing-body'],
    ['bad JSON', text('{"title":'), 400, 'malformed-json'],
    ['JSON twice', text('{} {}'), 400, 'malformed-json'],
    [
      'bytes that are not UTF-8',
      { body: Buffer.from([0x22, 0xff, 0x22]).toString('base64'), isBase64Encoded: true },
      400,
      'malformed-json',
    ],
    ['half a surrogate pair', text('{"title":"\\ud800"}'), 400, 'malformed-json'],
    ['a member twice', text('{"title":"a","t\\u0069tle":"b"}'), 400, 'malformed-json'],
    ['__proto__', text('{"title":"a","__proto__":{"isAdmin":true}}'), 400, 'malformed-json'],
    ['a member twice, with blanks', text(`{"title":"a","title"${' '.repeat(70)}:"b"}`), 400, 'malformed-json'],
    ['a member twice, with lines', text(`{"title":"a","title"${'\n\t\r '.repeat(9_000)}:"b"}`), 400, 'malformed-json'],
    ['__proto__ with blanks', text(`{"title":"a","__proto__"${' '.repeat(70)}:{}}`), 400, 'malformed-json'],
    ['a form', type('application/x-www-form-urlencoded'), 415, 'unsupported-media-type'],
    ['a look-alike type', type('application/jsonp'), 415, 'unsupported-media-type'],
    ['two types, as the gateway joins them', type('application/json,application/json'), 415, 'unsupported-media-type'],
    [
      'a second type behind a parameter',
      type('application/json; charset=utf-8,text/plain'),
      415,
      'unsupported-media-type',
    ],
    ['Latin-1', type('application/json; charset=latin1'), 415, 'unsupported-media-type'],
    ['UTF-16 in quotes', type('application/json; charset="UTF-16"'), 415, 'unsupported-media-type'],
    [
      'Brotli',
      { headers: { ...good.headers, 'content-type': 'application/json', 'content-encoding': 'br' } },
      415,
      'unsupported-content-encoding',
    ],
    ['an unknown field', text('{"title":"a","isbn":1}'), 422, 'validation-failed'],
    ['a list', text('[]'), 422, 'validation-failed'],
    ['one byte too many', text(`{"title":"${'x'.repeat(128 * 1024 - 11)}"}`), 413, 'body-too-large'],
    // "ä" is one character and two bytes.
    ['one byte too many of long characters', text(`{"title":"x${'ä'.repeat(64 * 1024 - 6)}"}`), 413, 'body-too-large'],
  ])('%s', async (_what, parts, status, code) => {
    const result = await addBook(parts);
    expect(result).toMatchObject({ status, calls: 0 });
    expect(result.headers['content-type']).toBe('application/problem+json');
    expect(result.headers['x-correlation-id']).toBeDefined();
    expect(result.body).toMatchObject({
      type: `https://archipelago.example/problems/${code}`,
      title: expect.any(String),
      status,
      detail: expect.any(String),
      instance: '/shelves/s1/books',
    });
  });

  it('takes a body of exactly the cap', async () => {
    expect((await addBook(text(`{"title":"${'x'.repeat(128 * 1024 - 12)}"}`))).status).toBe(200);
    expect((await addBook(text(`{"title":"${'ä'.repeat(64 * 1024 - 6)}"}`))).status).toBe(200);
  });

  it('and leaves what all objects inherit from as it is', async () => {
    await addBook(text('{"title":"a","__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}}}'));
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
  });

  it.each([
    ['application/json'],
    ['application/json; charset=utf-8'],
    ['application/json;charset="UTF-8"'],
    ['application/merge-patch+json'],
  ])('and takes the type %s', async (value) => {
    expect((await addBook(type(value))).status).toBe(200);
    const identity = { ...good.headers, 'content-type': value, 'content-encoding': 'identity' };
    expect((await addBook({ headers: identity })).status).toBe(200);
  });

  it('takes a key with quotes and without as the same one', async () => {
    expect((await addBook(key('"key-1"'))).body.idempotencyKey).toBe('key-1');
    expect((await addBook(key('key-1'))).body.idempotencyKey).toBe('key-1');
  });

  it('says of each field at fault which rule it breaks, also of one that it does not know', async () => {
    const { body } = await addBook(text('{"pages":"9","isbn":1,"a/b":1.5}'));
    expect(body.errors).toEqual(
      expect.arrayContaining([
        { pointer: '#/title', detail: 'is missing' },
        { pointer: '#/pages', detail: 'must be a number' },
        { pointer: '#/a~1b', detail: 'must be a whole number' },
        { pointer: '#/isbn', detail: 'is not known here' },
      ]),
    );
    expect(body.errors).toHaveLength(4);
    const empty = await addBook(text('{"title":""}'));
    expect(empty.body.errors).toEqual([{ pointer: '#/title', detail: 'must have at least 1 character' }]);
    const list = await addBook(text('[]'));
    expect(list.body.errors).toEqual([{ pointer: '#', detail: 'must be an object' }]);
    const query = await addBook({ query: { sort: 'x' } });
    expect(query.body.errors).toEqual([{ pointer: '#/query/sort', detail: 'is not known here' }]);
  });

  it('repeats no more of a name that is not known than a reader needs', async () => {
    const { body } = await addBook(text(`{"title":"a","${'é'.repeat(60_000)}":1}`));
    expect(body.errors[0].pointer.length).toBeLessThan(1_000);
  });

  it('names each field at fault by JSON pointer', async () => {
    const { body } = await addBook(text('{"title":"","pages":1.5,"a/b":"x"}'));
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer).sort()).toEqual([
      '#/a~1b',
      '#/pages',
      '#/title',
    ]);
    const query = await addBook({ query: { limit: 'x' } });
    expect(query.body.errors).toEqual([{ pointer: '#/query/limit', detail: expect.any(String) }]);
  });

  /** In microseconds of this thread's processor time, which a busy machine does not change. */
  const costOf = async (body: string, times: number): Promise<number> => {
    const before = process.threadCpuUsage();
    for (let time = 0; time < times; time += 1) expect([400, 422]).toContain((await addBook({ body })).status);
    const { user, system } = process.threadCpuUsage(before);
    return user + system;
  };

  it.each<[string, (characters: number) => string]>([
    ['nested deep', (length) => '['.repeat(length / 2) + ']'.repeat(length / 2)],
    ['of objects nested deep', (length) => '{"a":'.repeat(length / 5)],
    ['of countless members', (length) => `{${Array.from({ length: length / 10 }, (_, n) => `"k${n}":1`).join()}}`],
    ['of quotes and blanks', (length) => `{"a"${' '.repeat(length)}:1}`],
    ['of many quotes and blanks', (length) => `[${`"a"${' '.repeat(60)},`.repeat(length / 64)}1]`],
    ['of backslashes', (length) => `"${'\\'.repeat(length)}`],
  ])('and at the cost of many small bodies at most: JSON %s', async (_what, bodyOf) => {
    const small = await costOf(bodyOf(7_500), 5 * 16);
    const large = await costOf(bodyOf(16 * 7_500), 5);
    // What grows with the square of the length would cost sixteen times as much.
    expect(large).toBeLessThan(2.5 * small);
  });
});

describe('a subject', () => {
  const subOf = async (sub: string) => (await addBook({ claims: { ...claims, sub } })).body.principal.sub;

  it.each(['auth0|abc', 'ada@example.com', 'google-oauth2|1', 'é', 'x'.repeat(65), ' '])(
    'of another identity provider is one of ours: %s',
    async (sub) => {
      expect(await subOf(sub)).toMatch(/^sub_[0-9a-f]{60}$/);
      expect(await subOf(sub)).toBe(await subOf(sub));
      expect(await subOf(sub)).not.toBe(await subOf(`${sub}x`));
    },
  );

  it('that can be an id stays as it is, but none can choose the id of another', async () => {
    expect(await subOf('5f0c1c1e-0000-4000-8000-000000000001')).toBe('5f0c1c1e-0000-4000-8000-000000000001');
    const derived = await subOf('ada@example.com');
    expect(await subOf(derived)).not.toBe(derived);
  });

  it('has its scopes in `scp` where the provider writes them there', async () => {
    const { scope, ...others } = claims;
    expect((await addBook({ claims: { ...others, scp: scope } })).status).toBe(200);
  });
});

describe('a group', () => {
  const close = async (groups?: string) => {
    const handler = httpHandler(api, 'close-shelf', async () => ({ status: 204 }), shelf.runtime);
    const event = httpEvent({
      method: 'POST',
      path: '/shelves/close',
      claims: { sub: 'ada', ...(groups && { 'cognito:groups': groups }) },
    });
    return (await handler(event, lambdaContext())).statusCode;
  };
  it.each([
    ['[admin]', 204],
    ['admin', 204],
    ['[reader admin]', 204],
    ['[administrators]', 403],
    ['[x,admin]', 403],
    ['[admin,x reader]', 403],
    ['[reader\tadmin]', 403],
    ['[\u00a0admin]', 403],
    ['[[admin]]', 403],
    [undefined, 403],
  ])('%s → %i', async (groups, status) => {
    expect(await close(groups)).toBe(status);
  });
});
