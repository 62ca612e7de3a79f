import { describe, expect, it } from '@jest/globals';
import { type DatedEvent, waitAfter, waitsIn } from '../../../functions/orders/domain/open-waits.ts';
import type { OrderEvent } from '../../../functions/orders/domain/order.ts';
import { orderPlaced, placed } from './scenario.ts';

const minute = (number: number) => `2026-11-24T12:${String(number).padStart(2, '0')}:00.000Z`;
const at = (number: number, event: OrderEvent): DatedEvent => ({ occurredAt: minute(number), event });
const askedAgain = (number: number, step: 'stock' | 'refund', attempt: number): DatedEvent =>
  at(number, { type: 'StepAskedAgain', step, attempt });

const begun = [at(1, orderPlaced)];
const paying = [...begun, at(2, { type: 'StockReserved' }), at(3, { type: 'PaymentRequested' })];
const cancelling = [...paying, at(4, { type: 'CancellationStarted', reason: 'customer' })];
const refunding = [...cancelling, at(5, { type: 'RefundRequested' })];
const releasing = [...refunding, at(6, { type: 'PaymentRefunded' }), at(7, { type: 'StockReleaseRequested' })];

describe('what an order waits for', () => {
  it('is nothing before it is placed and after its end', () => {
    expect(waitsIn([])).toEqual({ waits: [] });
    const confirmed = [...paying, at(4, { type: 'PaymentCaptured' }), at(5, { type: 'OrderConfirmed' })];
    expect(waitsIn(confirmed)).toMatchObject({ order: { kind: 'confirmed' }, waits: [] });
    const cancelled = [
      ...releasing,
      at(8, { type: 'StockReleased' }),
      at(9, { type: 'OrderCancelled', reason: 'customer' }),
    ];
    expect(waitsIn(cancelled)).toMatchObject({ order: { kind: 'cancelled' }, waits: [] });
    expect(waitsIn(cancelled).waits).toEqual([]);
  });

  it.each([
    ['stock', begun, 1],
    ['payment', paying, 3],
    ['refund', refunding, 5],
    ['release', releasing, 7],
  ] as const)('is %s from when that was asked for', (step, history, since) => {
    expect(waitsIn(history).waits).toEqual([
      { step, since: minute(since), attempt: 0, askedAt: minute(since), asksAgainAt: minute(since + 1) },
    ]);
  });

  it('has been asked for again as often and as late as its last timer', () => {
    const history = [...begun, askedAgain(2, 'stock', 1), askedAgain(4, 'stock', 2)];
    const { order, waits } = waitsIn(history);
    expect(order).toMatchObject({ kind: 'pending', placed, askedAgain: { stock: 2 } });
    expect(waits).toEqual([
      { step: 'stock', since: minute(1), attempt: 2, askedAt: minute(4), asksAgainAt: minute(8) },
    ]);
  });

  it('is not moved by what was asked for another step', () => {
    const other = [...begun, askedAgain(2, 'stock', 1), ...refunding.slice(1)];
    expect(waitsIn(other).waits).toMatchObject([{ step: 'refund', since: minute(5), attempt: 0, askedAt: minute(5) }]);
  });
});

it('waits twice as long each time, 15 minutes at most', () => {
  expect([0, 1, 2, 3, 4, 9].map(waitAfter)).toEqual([60, 120, 240, 480, 900, 900]);
});
