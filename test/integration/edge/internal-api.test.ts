import { beforeEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { defineQuery } from '../../../events/contracts/define.ts';
import { answering, internalApiHandler } from '../../../functions/edge/http/internal-api.ts';
import { httpEvent } from '../../support/http-event.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { createRecordingRuntime, type RecordingRuntime } from '../../support/recording-runtime.ts';

const priceOf = defineQuery('catalog', 'PriceOf.v1', z.object({ sku: z.string() }), z.object({ amount: z.int() }));

const forSomeone = defineQuery('catalog', 'MyPriceOf.v1', priceOf.request, priceOf.response, { caller: 'required' });

const verify = async (token: string) => (token === 'good' ? { sub: 'ada', scope: 'orders/write' } : undefined);

let runtime: RecordingRuntime;
beforeEach(() => {
  runtime = createRecordingRuntime();
});

const ask = async (parts: object, answer: () => Promise<{ amount: number }> = async () => ({ amount: 5 })) => {
  const handler = internalApiHandler([answering(priceOf, answer)], runtime, verify);
  const event = httpEvent({ method: 'POST', path: '/internal/PriceOf.v1', body: '{"sku":"lamp"}', ...parts });
  const result = await handler(event, lambdaContext());
  if (typeof result === 'string') throw new Error('a bare text is no answer');
  return { status: result.statusCode, headers: result.headers, body: JSON.parse(result.body ?? 'null') };
};

describe('an internal API', () => {
  it('answers a question by its contract and keeps its correlation', async () => {
    const { status, body, headers } = await ask({ headers: { 'x-correlation-id': 'c-1' } });
    expect({ status, body }).toEqual({ status: 200, body: { amount: 5 } });
    expect(headers?.['x-correlation-id']).toBe('c-1');
    expect(runtime.entries.at(-1)?.fields).toMatchObject({
      question: '/internal/PriceOf.v1',
      correlationId: 'c-1',
      status: 200,
    });
  });

  it.each([
    ['another question', { path: '/internal/PriceOf.v2' }, 404],
    ['GET', { method: 'GET' }, 405],
    ['a request that breaks the contract', { body: '{"sku":1}' }, 422],
    ['no JSON', { body: '{' }, 400],
    ['no body', { body: '' }, 400],
    ['too much', { body: `"${'x'.repeat(128 * 1024)}"` }, 413],
  ])('refuses %s', async (_what, parts, status) => {
    const result = await ask(parts);
    expect(result.status).toBe(status);
    expect(result.headers?.['content-type']).toBe('application/problem+json');
  });

  it('answers 500 when its own answer breaks the contract, or fails, without saying why', async () => {
    expect((await ask({}, async () => ({ amount: 1.5 }))).status).toBe(500);
    const { status, body } = await ask({}, () => Promise.reject(new Error('secret')));
    expect(status).toBe(500);
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  describe('that is asked for a person', () => {
    const askFor = async (contract: typeof forSomeone, token?: string) => {
      const callers: unknown[] = [];
      const answer = answering(contract, async (_request, { caller }) => {
        callers.push(caller?.sub);
        return { amount: 5 };
      });
      const event = httpEvent({
        method: 'POST',
        path: `/internal/${contract.type}`,
        body: '{"sku":"lamp"}',
        headers: token === undefined ? {} : { 'x-caller-token': token },
      });
      const result = await internalApiHandler([answer], runtime, verify)(event, lambdaContext());
      return { status: typeof result === 'string' ? 200 : result.statusCode, callers };
    };
    const maybe = { ...forSomeone, caller: 'optional' } as const;

    it('answers for the person whose token it has verified', async () => {
      expect(await askFor(forSomeone, 'good')).toEqual({ status: 200, callers: ['ada'] });
      expect(await askFor(maybe, 'good')).toEqual({ status: 200, callers: ['ada'] });
    });

    it('refuses a token that is not good, and none where one is required', async () => {
      expect(await askFor(forSomeone, 'forged')).toEqual({ status: 401, callers: [] });
      expect(await askFor(maybe, 'forged')).toEqual({ status: 401, callers: [] });
      expect(await askFor(forSomeone)).toEqual({ status: 401, callers: [] });
      expect(await askFor(maybe)).toEqual({ status: 200, callers: [undefined] });
    });
  });
});
