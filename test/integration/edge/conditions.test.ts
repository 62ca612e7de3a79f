import { beforeEach, describe, expect, it } from '@jest/globals';
import { httpHandler } from '../../../functions/edge/http/handler.ts';
import { etag } from '../../../functions/kernel/values/etag.ts';
import { httpEvent } from '../../support/http-event.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { addBook, answered, api, claims, good, renewShelf, shelf } from './shelf.ts';

beforeEach(renewShelf);

describe('a change', () => {
  const under = async (headers: Readonly<Record<string, string>>) => {
    const { 'if-match': _, ...others } = { ...good.headers };
    return (await addBook({ headers: { ...others, ...headers } })).body.precondition;
  };

  it.each([
    ['"3"', { oneOf: [3] }],
    ['"3-0123456789abcdef"', { oneOf: [3] }],
    ['"2", "3"', { oneOf: [2, 3] }],
    ['"2",W/"3",,"4"', { oneOf: [2, 4] }],
    ['*', { oneOf: '*' }],
    [' * ', { oneOf: '*' }],
    ['W/"3"', { oneOf: [] }],
    ['"01"', { oneOf: [] }],
    ['"0"', { oneOf: [] }],
    ['"3-1"', { oneOf: [] }],
    ['"abc"', { oneOf: [] }],
  ])('with If-Match: %s is meant for %j', async (tags, precondition) => {
    expect(await under({ 'if-match': tags })).toEqual(precondition);
  });

  it.each([
    ['*', { oneOf: '*', noneOf: '*' }],
    ['W/"3", "4"', { oneOf: '*', noneOf: [3, 4] }],
    ['"abc"', { oneOf: '*', noneOf: [] }],
  ])('with If-None-Match: %s is meant for what it does not name: %j', async (tags, precondition) => {
    expect(await under({ 'if-match': '*', 'if-none-match': tags })).toEqual(precondition);
  });

  it.each(['if-match', 'if-none-match'])('of what has no ETag is not made under %s', async (name) => {
    const handler = httpHandler(api, 'close-shelf', async () => ({ status: 204 }), shelf.runtime);
    const event = httpEvent({
      method: 'POST',
      path: '/shelves/close',
      headers: { [name]: '"1"' },
      claims: { ...claims, 'cognito:groups': '[admin]' },
    });
    const { status, body } = answered(await handler(event, lambdaContext()));
    expect({ status, type: body.type }).toEqual({ status: 412, type: expect.stringMatching(/no-versions$/) });
  });
});

describe('a read', () => {
  const read = async (
    headers: Readonly<Record<string, string>> = {},
    { method = 'GET', body = { opens: 9 }, tag = etag(3) }: { method?: string; body?: object; tag?: string } = {},
  ) => {
    const answer = async () => ({ status: 200, body, headers: tag === '' ? {} : { etag: tag } });
    const handler = httpHandler(api, 'open-hours', answer, shelf.runtime);
    return answered(await handler(httpEvent({ method, path: '/hours', headers }), lambdaContext()));
  };
  const tagOf = async (...asked: Parameters<typeof read>) => String((await read(...asked)).headers.etag);

  it('has a strong ETag that names version and content, and is the same only for the same bytes', async () => {
    expect(await tagOf()).toMatch(/^"3-[0-9a-f]{16}"$/);
    expect(await tagOf()).toBe(await tagOf());
    const others = [
      await tagOf({}, { tag: etag(4) }),
      await tagOf({}, { body: { opens: 10 } }),
      await tagOf({}, { body: { opens: 9, closes: 17 } }),
    ];
    expect(new Set([await tagOf(), ...others]).size).toBe(4);
    expect(await tagOf({}, { body: { a: 1, b: 2 } })).not.toBe(await tagOf({}, { body: { b: 2, a: 1 } }));
  });

  it.each<[string, (tag: string) => string]>([
    ['its tag', (tag) => tag],
    ['its tag as a weak one', (tag) => `W/${tag}`],
    ['a list with its tag', (tag) => `"x", W/"y", ${tag}`],
    ['*', () => '*'],
  ])('is not repeated to who has it already: If-None-Match with %s', async (_what, listed) => {
    const tag = await tagOf();
    const { status, body, headers } = await read({ 'if-none-match': listed(tag) });
    expect({ status, body }).toEqual({ status: 304, body: undefined });
    expect(headers).toMatchObject({ etag: tag, 'cache-control': 'private, no-cache' });
    expect(headers).not.toHaveProperty('content-type');
  });

  it.each(['"3"', 'W/"3"', '"x"', 'x', ''])('is answered to who has another: If-None-Match: %s', async (tags) => {
    expect((await read({ 'if-none-match': tags })).status).toBe(200);
  });

  it('is refused where If-Match names another, also a weak one of the same', async () => {
    const tag = await tagOf();
    expect((await read({ 'if-match': tag })).status).toBe(200);
    expect((await read({ 'if-match': `"x", ${tag}` })).status).toBe(200);
    expect((await read({ 'if-match': '*' })).status).toBe(200);
    for (const other of [`W/${tag}`, '"3"', '"x"', 'x']) expect((await read({ 'if-match': other })).status).toBe(412);
  });

  it('without an ETag is answered whatever the conditions, and and must not be kept', async () => {
    const { status, headers } = await read({ 'if-none-match': '*', 'if-match': '"x"' }, { tag: '' });
    expect({ status, cache: headers['cache-control'] }).toEqual({ status: 200, cache: 'no-store' });
  });

  it('by HEAD has the headers of the GET and no content, also when it is refused', async () => {
    const [got, asked] = [await read(), await read({}, { method: 'HEAD' })];
    const { 'x-correlation-id': _, ...headers } = asked.headers;
    expect(asked).toMatchObject({ status: 200, body: undefined });
    expect(got.headers).toMatchObject(headers);
    const refused = await read({ 'if-match': '"x"' }, { method: 'HEAD' });
    expect(refused).toMatchObject({ status: 412, body: undefined });
    expect((await read({ 'if-none-match': await tagOf() }, { method: 'HEAD' })).status).toBe(304);
  });

  it('that takes no parameter refuses one', async () => {
    const handler = httpHandler(api, 'open-hours', async () => ({ status: 200, body: {} }), shelf.runtime);
    const result = answered(await handler(httpEvent({ path: '/hours', query: { day: '1' } }), lambdaContext()));
    expect(result).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '#/query/day', detail: 'is not known here' }] },
    });
  });
});
