import { beforeEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { httpHandler } from '../../../functions/edge/http/handler.ts';
import { defineApi } from '../../../functions/kernel/messages/contract.ts';
import { type HttpEventParts, httpEvent } from '../../support/http-event.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { createRecordingRuntime, type RecordingRuntime } from '../../support/recording-runtime.ts';
import { answered } from './shelf.ts';

const text = { 200: { description: 'A text.', body: z.string() } };
const going = { since: '2026-12-01', sunset: '2027-07-01', instead: 'Read version 3.' };
const params = z.object({ id: z.string() });

const api = defineApi('shelf', {
  'read-book': {
    method: 'GET',
    path: '/books/{id}',
    summary: 'Read a book',
    access: { scopes: ['shelf/read'] },
    params,
    version: 3,
    answers: text,
    earlier: { 1: { answers: text, deprecated: going }, 2: { answers: text } },
  },
  'close-shelf': {
    method: 'GET',
    path: '/close',
    summary: 'Close',
    access: 'public',
    answers: text,
    deprecated: going,
  },
  'open-shelf': { method: 'GET', path: '/open', summary: 'Open', access: 'public', answers: text },
});

let runtime: RecordingRuntime;
beforeEach(() => {
  runtime = createRecordingRuntime();
});

const readBook = async (parts: HttpEventParts) => {
  const handler = httpHandler(
    api,
    'read-book',
    async ({ version, path }) => ({ status: 200, body: { version, path } }),
    runtime,
  );
  const claims = { sub: 'ada', scope: 'shelf/read' };
  return answered(await handler(httpEvent({ claims, ...parts }), lambdaContext()));
};

const OLD = {
  deprecation: '@1796083200',
  sunset: 'Thu, 01 Jul 2027 00:00:00 GMT',
  link: '</v3/books/7>; rel="successor-version", </openapi.json>; rel="deprecation"; type="application/json"',
};

describe('a route with versions', () => {
  it.each([
    ['/books/7', 1],
    ['/v1/books/7', 1],
    ['/api/books/7', 1],
    ['/api/v1/books/7', 1],
    ['/v2/books/7', 2],
    ['/api/v3/books/7', 3],
  ])('is asked at %s for version %i', async (path, version) => {
    expect(await readBook({ path })).toMatchObject({ status: 200, body: { version, path: '/books/7' } });
    expect(runtime.measures).toEqual([{ calls: { value: 1, unit: 'Count' } }]);
    expect(runtime.besides).toEqual([{ apiVersion: String(version) }]);
  });

  it.each(['/v4/books/7', '/v0/books/7', '/v01/books/7', '/v10000/books/7', '/v/books/7'])(
    'has nothing at %s',
    async (path) => {
      expect(await readBook({ path })).toMatchObject({ status: 404 });
      expect(runtime.measures).toEqual([]);
    },
  );

  it('says with each answer of a deprecated version when it ends and what comes next, and with no other', async () => {
    expect((await readBook({ path: '/books/7' })).headers).toMatchObject(OLD);
    for (const path of ['/v2/books/7', '/v3/books/7']) {
      const { headers } = await readBook({ path });
      for (const name of Object.keys(OLD)) expect(Object.keys(headers)).not.toContain(name);
    }
  });

  it('says so with a refusal as well, which is no use of the version', async () => {
    const { status, headers } = await readBook({ path: '/v1/books/7', claims: undefined });
    expect(status).toBe(401);
    expect(headers).toMatchObject({ ...OLD, 'content-type': 'application/problem+json' });
    expect(runtime.measures).toEqual([]);
  });

  it('counts a call that fails behind the checks', async () => {
    const fail = async () => {
      throw new Error('a test');
    };
    const handler = httpHandler(api, 'read-book', fail, runtime);
    const claims = { sub: 'ada', scope: 'shelf/read' };
    const event = httpEvent({ path: '/v1/books/7', claims });
    expect(answered(await handler(event, lambdaContext()))).toMatchObject({ status: 500, headers: OLD });
    expect(runtime.measures).toContainEqual({ calls: { value: 1, unit: 'Count' } });
  });

  it('repeats nothing of a path that is none of its own', async () => {
    const { status, headers } = await readBook({ path: '/v1/books/7>; rel="next", <x' });
    expect(status).toBe(404);
    expect(headers.link).toBe('</openapi.json>; rel="deprecation"; type="application/json"');
  });

  it('names the version in its log line', async () => {
    await readBook({ path: '/v3/books/7' });
    await readBook({ path: '/v1/books/7' });
    expect(runtime.entries.map(({ fields }) => fields.route)).toEqual(['GET /v3/books/{id}', 'GET /books/{id}']);
  });
});

describe('a route of one version', () => {
  const call = async (name: 'close-shelf' | 'open-shelf', path: string) =>
    answered(
      await httpHandler(
        api,
        name,
        async () => ({ status: 200, body: 'a' }),
        runtime,
      )(httpEvent({ path }), lambdaContext()),
    );

  it('is counted and announced when it goes without a successor', async () => {
    const { headers } = await call('close-shelf', '/close');
    expect(headers).toMatchObject({ deprecation: OLD.deprecation, sunset: OLD.sunset });
    expect(headers.link).toBe('</openapi.json>; rel="deprecation"; type="application/json"');
    expect(runtime.measures).toHaveLength(1);
  });

  it('costs no measure while it stays', async () => {
    expect((await call('open-shelf', '/v1/open')).headers).not.toMatchObject({ sunset: expect.any(String) });
    expect(runtime.measures).toEqual([]);
  });
});
