import { describe, expect, it } from '@jest/globals';
import { fold } from '../../../functions/kernel/stores/decider.ts';
import type { CancellationReason, OrderEvent } from '../../../functions/orders/domain/order.ts';
import { type FulfilmentCommand, fulfilment } from '../../../functions/orders/sagas/fulfilment.saga.ts';
import { orderPlaced } from './scenario.ts';

const inputs = {
  reserved: { type: 'ReportStockReserved' },
  rejected: { type: 'ReportStockRejected', unavailable: ['tea'] },
  released: { type: 'ReportStockReleased' },
  captured: { type: 'ReportPaymentCaptured' },
  declined: { type: 'ReportPaymentDeclined' },
  refunded: { type: 'ReportPaymentRefunded' },
  'stock deadline': { type: 'CheckDeadline', step: 'stock' },
  'payment deadline': { type: 'CheckDeadline', step: 'payment' },
  'user erased': { type: 'ReportUserErased' },
  'customer cancels': { type: 'CancelOrder', reason: 'customer' },
} satisfies Record<string, FulfilmentCommand>;

type Input = keyof typeof inputs;

const started = (reason: CancellationReason): OrderEvent => ({ type: 'CancellationStarted', reason });
const cancelled = (reason: CancellationReason): OrderEvent => ({ type: 'OrderCancelled', reason });
const asked: readonly OrderEvent[] = [orderPlaced];
const paying: readonly OrderEvent[] = [...asked, { type: 'StockReserved' }, { type: 'PaymentRequested' }];
const paidBeforeStock: readonly OrderEvent[] = [...asked, { type: 'PaymentCaptured' }];
const refunding: readonly OrderEvent[] = [...paying, started('timed_out'), { type: 'RefundRequested' }];
const releasing: readonly OrderEvent[] = [...asked, started('customer'), { type: 'StockReleaseRequested' }];
const releasingDeclined: readonly OrderEvent[] = [
  ...paying,
  { type: 'PaymentDeclined' },
  started('payment_declined'),
  { type: 'StockReleaseRequested' },
];
const soldOut: readonly OrderEvent[] = [
  ...asked,
  { type: 'StockRejected', unavailable: ['tea'] },
  started('out_of_stock'),
  cancelled('out_of_stock'),
];

/** What each input causes in each state; an input that is not named changes nothing. */
const steps: readonly (readonly [
  string,
  readonly OrderEvent[],
  Partial<Record<Input, readonly OrderEvent['type'][]>>,
])[] = [
  [
    'waiting for stock',
    asked,
    {
      reserved: ['StockReserved', 'PaymentRequested'],
      rejected: ['StockRejected', 'CancellationStarted', 'OrderCancelled'],
      released: ['StockReleased'],
      captured: ['PaymentCaptured'],
      declined: ['PaymentDeclined', 'CancellationStarted', 'StockReleaseRequested'],
      refunded: ['PaymentRefunded'],
      'stock deadline': ['CancellationStarted', 'StockReleaseRequested'],
      'payment deadline': ['CancellationStarted', 'StockReleaseRequested'],
      'user erased': ['CancellationStarted', 'StockReleaseRequested'],
      'customer cancels': ['CancellationStarted', 'StockReleaseRequested'],
    },
  ],
  [
    'waiting for the money',
    paying,
    {
      released: ['StockReleased'],
      captured: ['PaymentCaptured', 'OrderConfirmed'],
      declined: ['PaymentDeclined', 'CancellationStarted', 'StockReleaseRequested'],
      refunded: ['PaymentRefunded', 'CancellationStarted', 'StockReleaseRequested'],
      'payment deadline': ['CancellationStarted', 'RefundRequested'],
      'user erased': ['CancellationStarted', 'RefundRequested'],
      'customer cancels': ['CancellationStarted', 'RefundRequested'],
    },
  ],
  [
    'paid before the stock is heard of',
    paidBeforeStock,
    {
      reserved: ['StockReserved', 'OrderConfirmed'],
      rejected: ['StockRejected', 'CancellationStarted', 'RefundRequested'],
      released: ['StockReleased'],
      refunded: ['PaymentRefunded'],
      'stock deadline': ['CancellationStarted', 'RefundRequested'],
      'payment deadline': ['CancellationStarted', 'RefundRequested'],
      'user erased': ['CancellationStarted', 'RefundRequested'],
      'customer cancels': ['CancellationStarted', 'RefundRequested'],
    },
  ],
  ['confirmed', [...paying, { type: 'PaymentCaptured' }, { type: 'OrderConfirmed' }], {}],
  [
    'giving the money back',
    refunding,
    { released: ['StockReleased'], refunded: ['PaymentRefunded', 'StockReleaseRequested'] },
  ],
  [
    'giving the stock back before any payment',
    releasing,
    {
      released: ['StockReleased', 'OrderCancelled'],
      captured: ['PaymentCaptured', 'RefundRequested'],
      declined: ['PaymentDeclined'],
      refunded: ['PaymentRefunded'],
    },
  ],
  [
    'giving the stock back after a declined payment',
    releasingDeclined,
    {
      released: ['StockReleased', 'OrderCancelled'],
      captured: ['PaymentCaptured', 'RefundRequested'],
      refunded: ['PaymentRefunded'],
    },
  ],
  [
    'cancelled, nothing ever held',
    soldOut,
    {
      reserved: ['StockReserved', 'StockReleaseRequested'],
      captured: ['PaymentCaptured', 'RefundRequested'],
      declined: ['PaymentDeclined'],
      refunded: ['PaymentRefunded'],
    },
  ],
  [
    'cancelled, all given back',
    [
      ...refunding,
      { type: 'PaymentRefunded' },
      { type: 'StockReleaseRequested' },
      { type: 'StockReleased' },
      cancelled('timed_out'),
    ],
    {},
  ],
];

describe.each(steps)('an order %s', (_, given, expected) => {
  it.each(Object.keys(inputs) as Input[])('hears: %s', (input) => {
    const decision = fulfilment.decide(inputs[input], fold(fulfilment, given));
    const events = decision.kind === 'accepted' ? decision.events.map(({ type }) => type) : [];
    expect(events).toEqual(expected[input] ?? []);
  });
});

describe('cancelling by hand', () => {
  it.each(['confirmed', 'cancelled'])('is refused as a conflict once the order is %s', (kind) => {
    const given = steps.filter(([name]) => name.startsWith(kind));
    expect(given.length).toBeGreaterThan(0);
    for (const [, events] of given)
      expect(fulfilment.decide(inputs['customer cancels'], fold(fulfilment, events))).toMatchObject({
        kind: 'refused',
        refusal: { outcome: 'conflict', code: 'order-is-final' },
      });
  });

  it('is refused as not found for an order that does not exist', () => {
    expect(fulfilment.decide(inputs['customer cancels'], fulfilment.initialState)).toMatchObject({
      refusal: { outcome: 'not_found' },
    });
  });
});
