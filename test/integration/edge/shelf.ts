import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { type HttpAnswer, httpHandler } from '../../../functions/edge/http/handler.ts';
import { defineApi } from '../../../functions/kernel/messages/contract.ts';
import { type HttpEventParts, httpEvent } from '../../support/http-event.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { createRecordingRuntime, type RecordingRuntime } from '../../support/recording-runtime.ts';

const answers = { 200: { description: 'Done.' } };
export const api = defineApi('shelf', {
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

export const claims = {
  sub: 'ada',
  scope: 'openid shelf/write',
  'cognito:groups': '[reader admin]',
  email: 'ada@example.com',
};
export const good: HttpEventParts = {
  method: 'POST',
  path: '/shelves/s1/books',
  headers: { 'idempotency-key': 'key-1', 'if-match': '"3"' },
  body: '{"title":"Dune"}',
  claims,
};

/** The runtime that the functions of the shelf were given; a test begins by renewing it. */
export const shelf: { runtime: RecordingRuntime } = { runtime: createRecordingRuntime() };

export const renewShelf = (): void => {
  shelf.runtime = createRecordingRuntime();
};

export const answered = (result: APIGatewayProxyStructuredResultV2) => ({
  status: result.statusCode,
  headers: result.headers ?? {},
  body: result.body === undefined ? undefined : JSON.parse(result.body),
});

export const addBook = async (
  parts: Partial<HttpEventParts> = {},
  reply: (request: object) => HttpAnswer = (body) => ({ status: 200, body }),
) => {
  let calls = 0;
  const handler = httpHandler(
    api,
    'add-book',
    async ({ params, query, body, principal, idempotencyKey, precondition, cause, fingerprint, path, method }) => {
      calls += 1;
      return reply({ params, query, body, principal, idempotencyKey, precondition, cause, fingerprint, path, method });
    },
    shelf.runtime,
  );
  const result = answered(await handler(httpEvent({ ...good, ...parts }), lambdaContext()));
  return { ...result, calls };
};
