import { beforeEach, describe, expect, it } from '@jest/globals';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { type HttpAnswer, httpHandler } from '../../../functions/edge/http.ts';
import { defineApi } from '../../../functions/kernel/contract.ts';
import { notFound, Refused } from '../../../functions/kernel/errors.ts';
import { type HttpEventParts, httpEvent } from '../../support/http-event.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { createRecordingRuntime, type RecordingRuntime } from '../../support/recording-runtime.ts';

const answers = { 200: { description: 'Done.' } };
const api = defineApi('shelf', {
  'add-book': {
    method: 'POST',
    path: '/shelves/{id}/books',
    summary: 'Add a book',
    access: { scopes: ['shelf/write', 'shelf/admin'] },
    params: z.object({ id: z.string() }),
    query: z.strictObject({ limit: z.optional(z.string().check(z.regex(/^\d{1,3}$/))) }),
    body: z.strictObject({
      title: z.string().check(z.minLength(1)),
      pages: z.optional(z.int()),
      'a/b': z.optional(z.int()),
    }),
    idempotencyKey: 'required',
    ifMatch: 'required',
    answers,
  },
  'close-shelf': {
    method: 'POST',
    path: '/shelves/close',
    summary: 'Close',
    access: { scopes: [], group: 'admin' },
    answers,
  },
  'open-hours': { method: 'GET', path: '/hours', summary: 'Hours', access: 'public', answers },
});

const claims = {
  sub: 'ada',
  scope: 'openid shelf/write',
  'cognito:groups': '[reader admin]',
  email: 'ada@example.com',
};
const good: HttpEventParts = {
  method: 'POST',
  path: '/shelves/s1/books',
  headers: { 'idempotency-key': 'key-1', 'if-match': '"3"' },
  body: '{"title":"Dune"}',
  claims,
};

let runtime: RecordingRuntime;
beforeEach(() => {
  runtime = createRecordingRuntime();
});

const answered = (result: APIGatewayProxyStructuredResultV2) => ({
  status: result.statusCode,
  headers: result.headers ?? {},
  body: result.body === undefined ? undefined : JSON.parse(result.body),
});

const addBook = async (
  parts: Partial<HttpEventParts> = {},
  reply: (request: object) => HttpAnswer = (body) => ({ status: 200, body }),
) => {
  let calls = 0;
  const handler = httpHandler(
    api,
    'add-book',
    async ({ params, query, body, principal, idempotencyKey, ifMatch, cause, fingerprint, path, method }) => {
      calls += 1;
      return reply({ params, query, body, principal, idempotencyKey, ifMatch, cause, fingerprint, path, method });
    },
    runtime,
  );
  const result = answered(await handler(httpEvent({ ...good, ...parts }), lambdaContext()));
  return { ...result, calls };
};

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
      ifMatch: 3,
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
    ['no idempotency key', without('idempotency-key'), 400, 'idempotency-key-missing'],
    ['a key with a space', key('a b'), 400, 'idempotency-key-missing'],
    ['a key with a line break', key('a\r\nb'), 400, 'idempotency-key-missing'],
    ['a key beyond ASCII', key('é'), 400, 'idempotency-key-missing'],
    ['a key of 256', key('x'.repeat(256)), 400, 'idempotency-key-missing'],
    ['no If-Match', without('if-match'), 428, 'if-match-required'],
    ['If-Match: *', ifMatch('*'), 428, 'if-match-required'],
    ['a weak ETag', ifMatch('W/"3"'), 412, 'stale-version'],
    ['a foreign ETag', ifMatch('"abc"'), 412, 'stale-version'],
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
    ['a form', type('application/x-www-form-urlencoded'), 415, 'unsupported-media-type'],
    ['a look-alike type', type('application/jsonp'), 415, 'unsupported-media-type'],
    ['an unknown field', text('{"title":"a","isbn":1}'), 422, 'validation-failed'],
    ['a list', text('[]'), 422, 'validation-failed'],
    ['one byte too many', text(`{"title":"${'x'.repeat(128 * 1024 - 11)}"}`), 413, 'body-too-large'],
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

  it.each([
    ['nested 100,000 deep', '['.repeat(60_000) + ']'.repeat(60_000)],
    ['of objects nested deep', '{"a":'.repeat(20_000)],
    ['of countless members', `{${Array.from({ length: 12_000 }, (_, n) => `"k${n}":1`).join()}}`],
    ['of quotes and blanks', `{"a"${' '.repeat(120_000)}:1}`],
    ['of backslashes', `"${'\\'.repeat(120_000)}`],
  ])('and quickly: JSON %s', async (_what, body) => {
    const before = performance.now();
    const { status } = await addBook({ body });
    expect(performance.now() - before).toBeLessThan(200);
    expect([400, 422]).toContain(status);
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
  });
});

describe('a group', () => {
  const close = async (groups?: string) => {
    const handler = httpHandler(api, 'close-shelf', async () => ({ status: 204 }), runtime);
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
    [undefined, 403],
  ])('%s → %i', async (groups, status) => {
    expect(await close(groups)).toBe(status);
  });
});

describe('what a handler throws', () => {
  const throwing = async (thrown: unknown) => {
    const handler = httpHandler(api, 'open-hours', () => Promise.reject(thrown), runtime);
    return answered(await handler(httpEvent({ path: '/hours' }), lambdaContext()));
  };

  // Smell 12: leaking errors.
  it('never shows a defect: no message, no stack, no name of ours', async () => {
    const { status, body } = await throwing(new TypeError('table archipelago-dev-users at arn:aws:dynamodb:eu'));
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toMatch(/arn:|archipelago-dev|TypeError|stack/);
    expect(runtime.entries.at(-1)).toMatchObject({
      level: 'error',
      fields: { status: 500, error: { name: 'TypeError' } },
    });
    expect(runtime.measures.at(-1)).toMatchObject({ requests: { value: 1 }, errors: { value: 1 } });
  });

  it('words a 503 for strangers and tells when to come back', async () => {
    const refusal = {
      outcome: 'unavailable',
      code: 'dependency-unavailable',
      detail: 'catalog at 10.0.0.1',
      retryAfterSeconds: 3,
    } as const;
    const { status, headers, body } = await throwing(new Refused(refusal, { cause: new Error('ECONNREFUSED') }));
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('3');
    expect(body.detail).not.toContain('10.0.0.1');
    expect(runtime.entries.at(-1)?.fields.error).toMatchObject({ message: 'ECONNREFUSED' });
  });

  it('becomes the status of its outcome when it is a refusal', async () => {
    expect(await throwing(new Refused(notFound('shelf')))).toMatchObject({
      status: 404,
      body: { detail: 'There is no such shelf.' },
    });
    expect(runtime.measures.at(-1)).toMatchObject({ errors: { value: 0 } });
  });

  it('is logged even when it is not an error at all', async () => {
    expect((await throwing('a string')).status).toBe(500);
  });
});

describe('the log of a request', () => {
  // Smell 21: logging everything.
  it('is one line of route, status, time and ids, without anything personal', async () => {
    await addBook({ path: '/shelves/secret-shelf/books', body: '{"title":"Private Diary"}', query: { limit: '77' } });
    expect(runtime.entries).toHaveLength(1);
    expect(runtime.entries[0]?.fields).toMatchObject({
      route: 'POST /shelves/{id}/books',
      status: 200,
      ms: 0,
      correlationId: expect.any(String),
    });
    expect(JSON.stringify(runtime.entries)).not.toMatch(/Private|secret-shelf|key-1|ada|77/);
    expect(runtime.measures).toEqual([
      {
        requests: { value: 1, unit: 'Count' },
        errors: { value: 0, unit: 'Count' },
        duration: { value: 0, unit: 'Milliseconds' },
      },
    ]);
  });
});
