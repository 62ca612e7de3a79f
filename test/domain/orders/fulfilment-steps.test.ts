import { describe, expect, it } from '@jest/globals';
import { fold } from '../../../functions/kernel/stores/decider.ts';
import type { CancellationReason, OrderEvent } from '../../../functions/orders/domain/order.ts';
import { type FulfilmentCommand, fulfilment } from '../../../functions/orders/sagas/fulfilment.saga.ts';
import { NEVER, orderPlaced, placed, SOON } from './scenario.ts';

const inputs = {
  reserved: { type: 'ReportStockReserved' },
  rejected: { type: 'ReportStockRejected', unavailable: ['tea'] },
  released: { type: 'ReportStockReleased' },
  captured: { type: 'ReportPaymentCaptured', amount: placed.total },
  'captured too little': {
    type: 'ReportPaymentCaptured',
    amount: { ...placed.total, amount: placed.total.amount - 1 },
  },
  'captured in yen': { type: 'ReportPaymentCaptured', amount: { ...placed.total, currency: 'JPY' } },
  declined: { type: 'ReportPaymentDeclined' },
  refunded: { type: 'ReportPaymentRefunded' },
  'stock timer': { type: 'CheckDeadline', step: 'stock', attempt: 0, givesUpBefore: NEVER },
  'stock timer again': { type: 'CheckDeadline', step: 'stock', attempt: 1, givesUpBefore: NEVER },
  'payment timer': { type: 'CheckDeadline', step: 'payment', attempt: 0, givesUpBefore: NEVER },
  'refund timer': { type: 'CheckDeadline', step: 'refund', attempt: 0, givesUpBefore: SOON },
  'release timer': { type: 'CheckDeadline', step: 'release', attempt: 0, givesUpBefore: SOON },
  'patience is over': { type: 'CheckDeadline', step: 'stock', attempt: 7, givesUpBefore: SOON },
  'user erased': { type: 'ReportUserErased' },
  'customer cancels': { type: 'CancelOrder', reason: 'customer' },
  'asked by hand': { type: 'AskAgain', byHand: { by: 'ada', why: 'they called' } },
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
      'captured too little': ['PaymentCaptured', 'CancellationStarted', 'RefundRequested'],
      'captured in yen': ['PaymentCaptured', 'CancellationStarted', 'RefundRequested'],
      declined: ['PaymentDeclined', 'CancellationStarted', 'StockReleaseRequested'],
      refunded: ['PaymentRefunded'],
      'stock timer': ['StepAskedAgain'],
      'refund timer': ['CancellationStarted', 'StockReleaseRequested'],
      'release timer': ['CancellationStarted', 'StockReleaseRequested'],
      'patience is over': ['CancellationStarted', 'StockReleaseRequested'],
      'user erased': ['CancellationStarted', 'StockReleaseRequested'],
      'customer cancels': ['CancellationStarted', 'StockReleaseRequested'],
      'asked by hand': ['StepAskedAgain'],
    },
  ],
  [
    'waiting for the money',
    paying,
    {
      released: ['StockReleased'],
      captured: ['PaymentCaptured', 'OrderConfirmed'],
      'captured too little': ['PaymentCaptured', 'CancellationStarted', 'RefundRequested'],
      'captured in yen': ['PaymentCaptured', 'CancellationStarted', 'RefundRequested'],
      declined: ['PaymentDeclined', 'CancellationStarted', 'StockReleaseRequested'],
      refunded: ['PaymentRefunded', 'CancellationStarted', 'StockReleaseRequested'],
      'stock timer': ['StepAskedAgain'],
      'stock timer again': ['StepAskedAgain'],
      'payment timer': ['StepAskedAgain'],
      'refund timer': ['CancellationStarted', 'RefundRequested'],
      'release timer': ['CancellationStarted', 'RefundRequested'],
      'patience is over': ['CancellationStarted', 'RefundRequested'],
      'user erased': ['CancellationStarted', 'RefundRequested'],
      'customer cancels': ['CancellationStarted', 'RefundRequested'],
      'asked by hand': ['StepAskedAgain'],
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
      'stock timer': ['StepAskedAgain'],
      'refund timer': ['CancellationStarted', 'RefundRequested'],
      'release timer': ['CancellationStarted', 'RefundRequested'],
      'patience is over': ['CancellationStarted', 'RefundRequested'],
      'user erased': ['CancellationStarted', 'RefundRequested'],
      'customer cancels': ['CancellationStarted', 'RefundRequested'],
      'asked by hand': ['StepAskedAgain'],
    },
  ],
  [
    'that was asked for its stock again',
    [...asked, { type: 'StepAskedAgain', step: 'stock', attempt: 1 }],
    {
      reserved: ['StockReserved', 'PaymentRequested'],
      rejected: ['StockRejected', 'CancellationStarted', 'OrderCancelled'],
      released: ['StockReleased'],
      captured: ['PaymentCaptured'],
      'captured too little': ['PaymentCaptured', 'CancellationStarted', 'RefundRequested'],
      'captured in yen': ['PaymentCaptured', 'CancellationStarted', 'RefundRequested'],
      declined: ['PaymentDeclined', 'CancellationStarted', 'StockReleaseRequested'],
      refunded: ['PaymentRefunded'],
      'stock timer again': ['StepAskedAgain'],
      'refund timer': ['CancellationStarted', 'StockReleaseRequested'],
      'release timer': ['CancellationStarted', 'StockReleaseRequested'],
      'patience is over': ['CancellationStarted', 'StockReleaseRequested'],
      'user erased': ['CancellationStarted', 'StockReleaseRequested'],
      'customer cancels': ['CancellationStarted', 'StockReleaseRequested'],
      'asked by hand': ['StepAskedAgain'],
    },
  ],
  ['confirmed', [...paying, { type: 'PaymentCaptured' }, { type: 'OrderConfirmed' }], {}],
  [
    'giving the money back',
    refunding,
    {
      released: ['StockReleased'],
      refunded: ['PaymentRefunded', 'StockReleaseRequested'],
      'refund timer': ['StepAskedAgain'],
      'asked by hand': ['StepAskedAgain'],
    },
  ],
  [
    'giving the stock back before any payment',
    releasing,
    {
      released: ['StockReleased', 'OrderCancelled'],
      'release timer': ['StepAskedAgain'],
      'asked by hand': ['StepAskedAgain'],
      captured: ['PaymentCaptured', 'RefundRequested'],
      'captured too little': ['PaymentCaptured', 'RefundRequested'],
      'captured in yen': ['PaymentCaptured', 'RefundRequested'],
      declined: ['PaymentDeclined'],
      refunded: ['PaymentRefunded'],
    },
  ],
  [
    'giving the stock back after a declined payment',
    releasingDeclined,
    {
      released: ['StockReleased', 'OrderCancelled'],
      'release timer': ['StepAskedAgain'],
      'asked by hand': ['StepAskedAgain'],
      captured: ['PaymentCaptured', 'RefundRequested'],
      'captured too little': ['PaymentCaptured', 'RefundRequested'],
      'captured in yen': ['PaymentCaptured', 'RefundRequested'],
      refunded: ['PaymentRefunded'],
    },
  ],
  [
    'cancelled, nothing ever held',
    soldOut,
    {
      reserved: ['StockReserved', 'StockReleaseRequested'],
      captured: ['PaymentCaptured', 'RefundRequested'],
      'captured too little': ['PaymentCaptured', 'RefundRequested'],
      'captured in yen': ['PaymentCaptured', 'RefundRequested'],
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
