import { beforeEach, describe, expect, it } from '@jest/globals';
import { httpHandler } from '../../../functions/edge/http/handler.ts';
import { notFound, Refused } from '../../../functions/kernel/values/errors.ts';
import { httpEvent } from '../../support/http-event.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { addBook, answered, api, renewShelf, shelf } from './shelf.ts';

beforeEach(renewShelf);

describe('what a handler throws', () => {
  const throwing = async (thrown: unknown) => {
    const handler = httpHandler(api, 'open-hours', () => Promise.reject(thrown), shelf.runtime);
    return answered(await handler(httpEvent({ path: '/hours' }), lambdaContext()));
  };

  // Smell 12: leaking errors.
  it('never shows a defect: no message, no stack, no name of ours', async () => {
    const { status, body } = await throwing(new TypeError('table archipelago-dev-users at arn:aws:dynamodb:eu'));
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toMatch(/arn:|archipelago-dev|TypeError|stack/);
    expect(shelf.runtime.entries.at(-1)).toMatchObject({
      level: 'error',
      fields: { status: 500, error: { name: 'TypeError' } },
    });
    expect(shelf.runtime.measures.at(-1)).toEqual({ errors: { value: 1, unit: 'Count' } });
  });

  it('names the correlation id in the body of a defect, and in no refusal', async () => {
    const { headers, body } = await throwing(new Error('defect'));
    expect(body.correlationId).toBe(headers['x-correlation-id']);
    expect((await throwing(new Refused(notFound('shelf')))).body).not.toHaveProperty('correlationId');
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
    expect(shelf.runtime.entries.at(-1)?.fields.error).toMatchObject({ message: 'ECONNREFUSED' });
  });

  it('becomes the status of its outcome when it is a refusal', async () => {
    expect(await throwing(new Refused(notFound('shelf')))).toMatchObject({
      status: 404,
      body: { detail: 'There is no such shelf.' },
    });
    expect(shelf.runtime.measures).toEqual([]);
  });

  it('is logged even when it is not an error at all', async () => {
    expect((await throwing('a string')).status).toBe(500);
  });
});

describe('the log of a request', () => {
  // Smell 21: logging everything.
  it('is one line of route, status, time and ids, without anything personal', async () => {
    await addBook({ path: '/shelves/secret-shelf/books', body: '{"title":"Private Diary"}', query: { limit: '77' } });
    expect(shelf.runtime.entries).toHaveLength(1);
    expect(shelf.runtime.entries[0]?.fields).toMatchObject({
      route: 'POST /shelves/{id}/books',
      status: 200,
      ms: 0,
      correlationId: expect.any(String),
    });
    expect(JSON.stringify(shelf.runtime.entries)).not.toMatch(/Private|secret-shelf|key-1|ada|77/);
    expect(shelf.runtime.measures).toEqual([]);
  });
});
