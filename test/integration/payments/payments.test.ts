import { afterAll, describe, expect, it } from '@jest/globals';
import { httpEvent } from '../../support/http-event.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { startPayments } from './running-payments.ts';

const { capture, refund, list, stop } = await startPayments();

afterAll(stop);

const message = (type: string, orderId: string, data: object) => ({
  type,
  metadata: {
    id: `${type}-${orderId}`,
    occurredAt: '2026-11-24T12:00:00.000Z',
    correlationId: 'c',
    causationId: 'x',
    aggregate: `order/${orderId}`,
    version: 3,
  },
  data: { orderId, userId: 'alice', amount: { amount: 900, currency: 'EUR' }, ...data },
});

const records = (...bodies: readonly unknown[]) => ({
  Records: bodies.map((body, at) => ({
    messageId: `m${at}`,
    receiptHandle: 'h',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: '0',
      SenderId: 's',
      ApproximateFirstReceiveTimestamp: '0',
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:q',
    awsRegion: 'us-east-1',
  })),
});

const captures = (orderId: string, paymentToken: string) => message('CapturePayment.v1', orderId, { paymentToken });
const taking = (...bodies: readonly unknown[]) => capture(records(...bodies), lambdaContext());
const returning = (orderId: string) => refund(records(message('RefundPayment.v1', orderId, {})), lambdaContext());

const payments = async (orderId: string, sub = 'alice') => {
  const event = httpEvent({ path: '/api/payments', query: { orderId }, claims: { sub, scope: 'payments/read' } });
  return JSON.parse((await list(event, lambdaContext())).body ?? '').items;
};

describe('a payment through the provider', () => {
  it.each(['tok_ok', 'tok_error_once', 'tok_lost_reply'])(
    'of %s is captured at once and refunded once',
    async (token) => {
      const id = `order-${token}`;
      expect(await taking(captures(id, token))).toEqual({ batchItemFailures: [] });
      expect(await payments(id)).toMatchObject([{ status: 'CAPTURED', captured: 900, refunded: 0 }]);
      await returning(id);
      await returning(id);
      expect(await payments(id)).toMatchObject([{ status: 'REFUNDED', captured: 900, refunded: 900 }]);
    },
  );

  it.each(['tok_declined', 'tok_never_issued'])('of %s is declined', async (token) => {
    expect(await taking(captures(`order-${token}`, token))).toEqual({ batchItemFailures: [] });
    expect(await payments(`order-${token}`)).toMatchObject([{ status: 'DECLINED', captured: 0 }]);
  });

  it('of tok_slow is captured although the first reply comes too late', async () => {
    expect(await taking(captures('order-slow', 'tok_slow'))).toEqual({ batchItemFailures: [] });
    expect(await payments('order-slow')).toMatchObject([{ status: 'CAPTURED', captured: 900 }]);
  });

  it('is not shown to another customer', async () => {
    await taking(captures('order-private', 'tok_ok'));
    expect(await payments('order-private', 'mallory')).toEqual([]);
  });
});

describe('a batch of captures', () => {
  it('gives back only what cannot be read', async () => {
    const answer = await taking(captures('b1', 'tok_ok'), 'not json', captures('b2', 'tok_ok'), {
      type: 'CapturePayment.v1',
    });
    expect(answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort()).toEqual(['m1', 'm3']);
    expect(await payments('b2')).toMatchObject([{ status: 'CAPTURED' }]);
  });
});
