import { describe, expect, it } from '@jest/globals';
import { fold } from '../../../functions/kernel/stores/decider.ts';
import { orderMessages } from '../../../functions/orders/commands/order-messages.ts';
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
  it('gives the stock 60 s and the payment 120 s', () => {
    const deadline = (delaySeconds: number, step: string) => ({
      destination: { kind: 'queue', queue: 'orders-check-deadline', delaySeconds },
      message: { type: 'CheckDeadline.v1', data: { orderId: '01JORDER', step } },
    });
    expect(sentFor(1, orderPlaced).at(-1)).toMatchObject(deadline(60, 'stock'));
    const paying = sentFor(2, orderPlaced, { type: 'StockReserved' }, { type: 'PaymentRequested' });
    expect(paying.at(-1)).toMatchObject(deadline(120, 'payment'));
  });

  it('carries the version of its own event, whatever else the same decision made', () => {
    const sent = sentFor(3, orderPlaced, { type: 'StockReserved' }, { type: 'PaymentRequested' });
    expect(sent.map(({ message: { type, metadata } }) => [type, metadata.version])).toEqual([
      ['OrderPlaced.v1', 1],
      ['ReserveStock.v1', 1],
      ['CheckDeadline.v1', 1],
      ['CapturePayment.v1', 3],
      ['CheckDeadline.v1', 3],
    ]);
  });
});
