import { describe, expect, it } from '@jest/globals';
import { createCircuitBreaker } from '../../../functions/kernel/calls/circuit-breaker.ts';
import type { TransportRequest, TransportResponse } from '../../../functions/kernel/calls/transport.ts';
import { Secret } from '../../../functions/kernel/values/secret.ts';
import { BUDGET_MS } from '../../../functions/payments/provider/provider-call.ts';
import { createProviderClient } from '../../../functions/payments/provider/provider-client.ts';
import { createRecordingRuntime } from '../../support/recording-runtime.ts';

type Reply = TransportResponse | 'lost';

const cause = {
  correlationId: 'order-placed',
  causationId: 'm-1',
  traceparent: '00-5759e988bd862e3fe1be46a994272793-53995c3f42cd8ad8-01',
};
const charge = {
  key: 'capture-1',
  amount: { amount: 900, currency: 'EUR' },
  paymentToken: new Secret('tok_ok'),
  cause,
};
const captured: Reply = { status: 201, body: JSON.stringify({ id: 'ch_1', status: 'captured' }) };
const declined: Reply = { status: 201, body: JSON.stringify({ id: 'ch_1', status: 'declined' }) };
const failed: Reply = { status: 500, body: '<html>' };
const problem = (status: number, code: string): Reply => ({
  status,
  body: JSON.stringify({ type: `/problems/${code}` }),
});

/** Replies in that order; the last one again and again. */
const clientOf = (...replies: readonly Reply[]) => {
  const requests: TransportRequest[] = [];
  const runtime = createRecordingRuntime();
  let nowMs = 0;
  let downUntilMs = 0;
  const clock = { now: () => nowMs };
  const client = createProviderClient({
    clock,
    random: () => 0.5,
    log: runtime.log,
    tracing: runtime.tracing,
    pause: async (ms) => {
      nowMs += ms;
    },
    breaker: createCircuitBreaker(clock, { threshold: 6, openMs: 2_000 }),
    url: async () => 'http://provider',
    transport: async (request) => {
      requests.push(request);
      const reply = nowMs < downUntilMs ? 'lost' : (replies[Math.min(requests.length, replies.length) - 1] ?? 'lost');
      if (reply === 'lost') throw new Error('socket hang up');
      return reply;
    },
  });
  return {
    client,
    requests,
    entries: runtime.entries,
    now: () => nowMs,
    beDownFor: (ms: number) => {
      downUntilMs = nowMs + ms;
    },
  };
};

const unavailable = { refusal: { outcome: 'unavailable' } };

describe('charging at the provider', () => {
  it('tells what was captured and what was declined', async () => {
    expect(await clientOf(captured).client.charge(charge)).toEqual({ kind: 'captured', chargeId: 'ch_1' });
    expect(await clientOf(declined).client.charge(charge)).toEqual({ kind: 'declined' });
  });

  it.each([
    ['a lost reply', 'lost'],
    ['a failure', failed],
    ['a key in use', problem(409, 'in-progress')],
    ['a throttle', problem(429, 'too-many-requests')],
    ['a key of ours that is not valid', problem(401, 'unauthenticated')],
    ['a missing right', problem(403, 'forbidden')],
  ] as const)('asks again with the same key after %s', async (_, reply) => {
    const { client, requests } = clientOf(reply, captured);
    expect(await client.charge(charge)).toMatchObject({ kind: 'captured' });
    expect(requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['capture-1', 'capture-1']);
  });

  it.each([
    ['a token that was never issued', problem(422, 'unknown-token')],
    ['an amount that is too small', problem(400, 'amount-too-small')],
    ['a currency that is not taken', problem(400, 'currency-not-supported')],
    ['a card that has expired', problem(402, 'card-expired')],
  ] as const)('takes the refusal of %s for a decline, and does not ask again', async (_, reply) => {
    const { client, requests } = clientOf(reply);
    expect(await client.charge(charge)).toEqual({ kind: 'declined' });
    expect(requests).toHaveLength(1);
  });

  it.each([
    ['a reused key', problem(422, 'idempotency-key-reused')],
    ['a wrong address', problem(404, 'not-found')],
    ['a charge without a known status', { status: 201, body: '{"id":"ch_1","status":"pending"}' }],
  ] as const)('takes %s for a defect, never for a decline', async (_, reply) => {
    await expect(clientOf(reply).client.charge(charge)).rejects.toThrow();
  });

  it('rides out a provider that is away for three seconds', async () => {
    const { client, beDownFor, now } = clientOf(captured);
    beDownFor(3_000);
    expect(await client.charge(charge)).toMatchObject({ kind: 'captured' });
    expect(now()).toBeGreaterThanOrEqual(3_000);
  });

  it('is unavailable when the outcome stays unknown for the whole budget', async () => {
    const { client, now } = clientOf('lost');
    await expect(client.charge(charge)).rejects.toMatchObject(unavailable);
    expect(now()).toBeGreaterThan(BUDGET_MS - 1_000);
    expect(now()).toBeLessThanOrEqual(BUDGET_MS);
  });

  it('sends one probe each time that the circuit has been open for long enough', async () => {
    const { client, requests } = clientOf('lost');
    await expect(client.charge(charge)).rejects.toMatchObject(unavailable);
    expect(requests.length).toBeGreaterThan(6);
    expect(requests.length).toBeLessThanOrEqual(6 + BUDGET_MS / 2_000);
  });
});

describe('a call to the provider', () => {
  it('carries the correlation id and the trace of what caused it, and says when it failed', async () => {
    const { client, requests, entries } = clientOf(failed, captured);
    await client.charge(charge);
    const carried = {
      'x-correlation-id': 'order-placed',
      traceparent: cause.traceparent,
      'x-amzn-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
    };
    expect(requests.map(({ headers }) => headers)).toMatchObject([carried, carried]);
    expect(entries).toMatchObject([
      { level: 'warn', fields: { path: '/charges', correlationId: 'order-placed', reason: 'answered 500' } },
    ]);
  });
});

describe('voiding at the provider', () => {
  const voided = { key: 'capture-1', amount: charge.amount, cause };

  it('names the charge by its key, and gives what it came to', async () => {
    const { client, requests } = clientOf(captured);
    expect(await client.void(voided)).toEqual({ kind: 'captured', chargeId: 'ch_1' });
    expect(await clientOf(declined).client.void(voided)).toEqual({ kind: 'declined' });
    expect(requests).toMatchObject([{ url: 'http://provider/voids', headers: { 'idempotency-key': 'capture-1' } }]);
  });

  it.each([400, 404, 422])('takes %d for a defect: nothing is known of the money', async (status) => {
    await expect(clientOf(problem(status, 'odd')).client.void(voided)).rejects.toThrow();
  });
});

describe('refunding at the provider', () => {
  const refund = { key: 'refund-1', chargeId: 'ch_1', amount: charge.amount, cause };

  it('sends the charge, the amount and the key', async () => {
    const { client, requests } = clientOf({ status: 201, body: '{}' });
    await client.refund(refund);
    expect(requests).toMatchObject([
      {
        url: 'http://provider/refunds',
        headers: { 'idempotency-key': 'refund-1' },
        body: JSON.stringify({ chargeId: 'ch_1', amount: charge.amount }),
      },
    ]);
  });

  it('takes a refusal for a defect, so that no order is closed with money kept', async () => {
    await expect(clientOf(problem(422, 'refund-too-large')).client.refund(refund)).rejects.toThrow();
  });
});
