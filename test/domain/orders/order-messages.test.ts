import { describe, expect, it } from '@jest/globals';
import { longestHiddenSeconds } from '../../../functions/kernel/messages/redelivery.ts';
import { fold } from '../../../functions/kernel/stores/decider.ts';
import { orderMessages } from '../../../functions/orders/commands/order-messages.ts';
import { waitAfter } from '../../../functions/orders/domain/open-waits.ts';
import type { OrderEvent } from '../../../functions/orders/domain/order.ts';
import { orderDecider } from '../../../functions/orders/domain/order-decider.ts';
import { createRecordingRuntime } from '../../support/recording-runtime.ts';
import { orderPlaced } from './scenario.ts';

const cause = { correlationId: 'c', causationId: 'r' };

/** What leaves for the last events of an order's stream when one decision made them. */
const sentFor = (made: number, ...stream: readonly OrderEvent[]) => {
  const events = stream.slice(-made);
  const change = { state: fold(orderDecider, stream), version: stream.length, events };
  return orderMessages(change, cause, createRecordingRuntime());
};

describe('what an order sends', () => {
  const timer = (delaySeconds: number, step: string, attempt: number) => ({
    destination: { kind: 'queue', queue: 'orders-check-deadline', delaySeconds },
    message: { type: 'CheckDeadline.v1', data: { orderId: '01JORDER', step, attempt } },
  });
  const paying: readonly OrderEvent[] = [orderPlaced, { type: 'StockReserved' }, { type: 'PaymentRequested' }];
  const cancelling: readonly OrderEvent[] = [...paying, { type: 'CancellationStarted', reason: 'customer' }];

  it.each([
    ['stock', [orderPlaced]],
    ['refund', [...cancelling, { type: 'RefundRequested' }]],
    ['release', [...cancelling, { type: 'StockReleaseRequested' }]],
  ] as const)('sends a timer of 60 s with the question for %s', (step, stream) => {
    expect(sentFor(1, ...stream).at(-1)).toMatchObject(timer(60, step, 0));
  });

  it.each([
    [1, 120],
    [2, 240],
    [3, 480],
    [4, 900],
    [400, 900],
  ])('asks for a refund again, the %i. time with a timer of %i s', (attempt, delaySeconds) => {
    const sent = sentFor(
      1,
      ...cancelling,
      { type: 'RefundRequested' },
      { type: 'StepAskedAgain', step: 'refund', attempt },
    );
    expect(sent).toMatchObject([{ message: { type: 'RefundPayment.v1' } }, timer(delaySeconds, 'refund', attempt)]);
  });

  it('asks again when four redeliveries of its message have had their time', () => {
    const redelivered = [1, 2, 3, 4].reduce((sum, receives) => sum + longestHiddenSeconds(receives), 0);
    expect(redelivered).toBeLessThanOrEqual(waitAfter(0) / 2);
  });

  it('sends none with that for payment, whose timer is the one of the stock', () => {
    expect(sentFor(1, ...paying).map(({ message: { type } }) => type)).toEqual(['CapturePayment.v1']);
  });

  it('carries the version of its own event, whatever else the same decision made', () => {
    const sent = sentFor(3, orderPlaced, { type: 'StockReserved' }, { type: 'PaymentRequested' });
    expect(sent.map(({ message: { type, metadata } }) => [type, metadata.version])).toEqual([
      ['OrderPlaced.v1', 1],
      ['ReserveStock.v1', 1],
      ['CheckDeadline.v1', 1],
      ['CapturePayment.v1', 3],
    ]);
  });
});
