import { describe, expect, it } from '@jest/globals';
import { createCircuitBreaker } from '../../../functions/kernel/calls/circuit-breaker.ts';
import type { TransportRequest, TransportResponse } from '../../../functions/kernel/calls/transport.ts';
import { createProviderClient } from '../../../functions/payments/provider/provider-client.ts';

type Reply = TransportResponse | 'lost';

const charge = { key: 'capture-1', amount: { amount: 900, currency: 'EUR' }, paymentToken: 'tok_ok' };
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
  let nowMs = 0;
  const clock = { now: () => nowMs };
  const client = createProviderClient({
    clock,
    random: () => 0,
    pause: async () => {},
    breaker: createCircuitBreaker(clock, { threshold: 6, openMs: 10_000 }),
    url: async () => 'http://provider',
    transport: async (request) => {
      requests.push(request);
      const reply = replies[Math.min(requests.length, replies.length) - 1] ?? 'lost';
      if (reply === 'lost') throw new Error('socket hang up');
      return reply;
    },
  });
  return {
    client,
    requests,
    advance: (ms: number) => {
      nowMs += ms;
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
  ] as const)('asks again with the same key after %s', async (_, reply) => {
    const { client, requests } = clientOf(reply, captured);
    expect(await client.charge(charge)).toMatchObject({ kind: 'captured' });
    expect(requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['capture-1', 'capture-1']);
  });

  it('takes a token that was never issued for a decline', async () => {
    expect(await clientOf(problem(422, 'unknown-token')).client.charge(charge)).toEqual({ kind: 'declined' });
  });

  it.each([
    ['a reused key', problem(422, 'idempotency-key-reused')],
    ['a missing right', problem(403, 'forbidden')],
    ['a charge without a known status', { status: 201, body: '{"id":"ch_1","status":"pending"}' }],
  ] as const)('takes %s for a defect, never for a decline', async (_, reply) => {
    await expect(clientOf(reply).client.charge(charge)).rejects.toThrow();
  });

  it('is unavailable when the outcome stays unknown, after three attempts', async () => {
    const { client, requests } = clientOf('lost');
    await expect(client.charge(charge)).rejects.toMatchObject(unavailable);
    expect(requests).toHaveLength(3);
  });

  it('calls nobody while the circuit is open, then sends one probe', async () => {
    const { client, requests, advance } = clientOf('lost');
    await expect(client.charge(charge)).rejects.toMatchObject(unavailable);
    await expect(client.charge(charge)).rejects.toMatchObject(unavailable);
    await expect(client.charge(charge)).rejects.toMatchObject(unavailable);
    expect(requests).toHaveLength(6);
    advance(10_000);
    await expect(client.charge(charge)).rejects.toMatchObject(unavailable);
    expect(requests).toHaveLength(7);
  });
});

describe('refunding at the provider', () => {
  const refund = { key: 'refund-1', chargeId: 'ch_1', amount: charge.amount };

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
