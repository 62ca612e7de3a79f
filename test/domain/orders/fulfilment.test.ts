import { describe, expect, it } from '@jest/globals';
import type { OrderEvent } from '../../../functions/orders/domain/order.ts';
import { orderDecider } from '../../../functions/orders/domain/order-decider.ts';
import { waitsOf } from '../../../functions/orders/domain/waits-of.ts';
import { fulfilment } from '../../../functions/orders/sagas/fulfilment.saga.ts';
import { nextStep } from '../../../functions/orders/sagas/next-step.ts';
import { specificationOf } from '../../support/decider-specification.ts';
import { NEVER, orderPlaced, placed, SOON } from './scenario.ts';

const given = specificationOf(fulfilment);
const held: readonly OrderEvent[] = [orderPlaced, { type: 'StockReserved' }, { type: 'PaymentRequested' }];
const release: OrderEvent = { type: 'StockReleaseRequested' };

describe('an order that is placed', () => {
  const { total: _, ...order } = placed;

  it('has its total and waits for its stock', () => {
    given()
      .when({ type: 'PlaceOrder', ...order })
      .then(orderPlaced);
    given(orderPlaced).thenState({ kind: 'pending', placed, stock: 'requested', payment: 'idle', askedAgain: {} });
  });

  it('is not placed twice', () => {
    given(orderPlaced)
      .when({ type: 'PlaceOrder', ...order })
      .thenRefused({ outcome: 'conflict', code: 'order-exists', detail: 'This order was placed before.' });
  });

  it('is refused when its total is', () => {
    const items = [...placed.items, ...placed.items];
    given()
      .when({ type: 'PlaceOrder', ...order, items })
      .thenRefused({ outcome: 'unprocessable', code: 'duplicate-sku' });
  });

  it('is not there before', () => {
    const nothing = { outcome: 'not_found', detail: 'There is no such order.' } as const;
    given().when({ type: 'ReportStockReserved' }).thenRefused(nothing);
    given().when({ type: 'CancelOrder', reason: 'customer' }).thenRefused(nothing);
    expect(nextStep(fulfilment.initialState)).toBeUndefined();
  });
});

describe('an order that is cancelled says why', () => {
  it.each([
    ['a product is out of stock', [orderPlaced], { type: 'ReportStockRejected', unavailable: ['tea'] }, 'out_of_stock'],
    ['the payment is declined', held, { type: 'ReportPaymentDeclined' }, 'payment_declined'],
    ['the payment was closed', held, { type: 'ReportPaymentRefunded' }, 'payment_declined'],
    ['the customer asks', held, { type: 'CancelOrder', reason: 'customer' }, 'customer'],
    ['the user is erased', held, { type: 'ReportUserErased' }, 'user_erased'],
    [
      'patience is over',
      held,
      { type: 'CheckDeadline', step: 'payment', attempt: 0, givesUpBefore: SOON },
      'timed_out',
    ],
  ] as const)('when %s', (_what, events, command, reason) => {
    const decision = fulfilment.decide(command, events.reduce(fulfilment.evolve, fulfilment.initialState));
    expect(decision).toMatchObject({ events: expect.arrayContaining([{ type: 'CancellationStarted', reason }]) });
  });

  it('once: a second cancellation changes nothing, and one that comes too late is refused', () => {
    const started: OrderEvent = { type: 'CancellationStarted', reason: 'user_erased' };
    given(orderPlaced, started, release).when({ type: 'CancelOrder', reason: 'customer' }).then();
    given(...held, { type: 'PaymentCaptured' }, { type: 'OrderConfirmed' })
      .when({ type: 'CancelOrder', reason: 'customer' })
      .thenRefused({
        outcome: 'conflict',
        code: 'order-is-final',
        detail: 'The order is confirmed and cannot be cancelled.',
      });
  });

  it('to the end', () => {
    const started: OrderEvent = { type: 'CancellationStarted', reason: 'customer' };
    given(orderPlaced, started, release)
      .when({ type: 'ReportStockReleased' })
      .then({ type: 'StockReleased' }, { type: 'OrderCancelled', reason: 'customer' });
  });

  it('and which products there were too few of', () => {
    given(orderPlaced)
      .when({ type: 'ReportStockRejected', unavailable: ['tea'] })
      .then(
        { type: 'StockRejected', unavailable: ['tea'] },
        { type: 'CancellationStarted', reason: 'out_of_stock' },
        { type: 'OrderCancelled', reason: 'out_of_stock' },
      );
  });
});

describe('the next step', () => {
  const cancelling: readonly OrderEvent[] = [...held, { type: 'CancellationStarted', reason: 'customer' }];

  it('is none while what was asked for is not answered', () => {
    const waiting: readonly (readonly OrderEvent[])[] = [
      [orderPlaced],
      held,
      [...cancelling, { type: 'RefundRequested' }],
      [...cancelling, { type: 'RefundRequested' }, { type: 'PaymentRefunded' }, release],
    ];
    for (const events of waiting)
      expect(nextStep(events.reduce(fulfilment.evolve, fulfilment.initialState))).toBeUndefined();
  });
});

describe('a timer', () => {
  const timer = { type: 'CheckDeadline', step: 'payment' } as const;

  it('asks again with the next number', () => {
    given(...held)
      .when({ ...timer, attempt: 0, givesUpBefore: NEVER })
      .then({ type: 'StepAskedAgain', step: 'payment', attempt: 1 });
    given(...held, { type: 'StepAskedAgain', step: 'payment', attempt: 1 })
      .when({ ...timer, attempt: 1, givesUpBefore: NEVER })
      .then({ type: 'StepAskedAgain', step: 'payment', attempt: 2 });
  });

  it('ends patience for what was placed before, not for what was placed at that moment', () => {
    given(...held)
      .when({ ...timer, attempt: 0, givesUpBefore: placed.placedAt })
      .then({ type: 'StepAskedAgain', step: 'payment', attempt: 1 });
  });

  it('with another number, or for what is not waited for, changes nothing', () => {
    given(...held)
      .when({ ...timer, attempt: 1, givesUpBefore: NEVER })
      .then();
    given(orderPlaced)
      .when({ ...timer, attempt: 0, givesUpBefore: NEVER })
      .then();
  });

  it('of the stock becomes the one of the payment when the stock is held, once', () => {
    const asked = { type: 'StepAskedAgain', step: 'payment', attempt: 1 } as const;
    const stockTimer = { ...timer, step: 'stock', givesUpBefore: NEVER } as const;
    for (const attempt of [0, 4])
      given(...held)
        .when({ ...stockTimer, attempt })
        .then(asked);
    given(...held, asked)
      .when({ ...stockTimer, attempt: 0 })
      .then();
  });
});

describe('what only later code knows', () => {
  const later = JSON.parse('{ "type": "OfLaterCode", "kind": "ofLaterCode" }');
  const pending = fulfilment.evolve(fulfilment.initialState, orderPlaced);

  it.each([
    ['a report', () => fulfilment.decide(later, pending)],
    ['a command', () => orderDecider.decide(later, pending)],
    ['a state to cancel', () => orderDecider.decide({ type: 'CancelOrder', reason: 'customer' }, later)],
    ['a state to go on from', () => nextStep(later)],
    ['a state that waits', () => waitsOf(later)],
    ['an event', () => fulfilment.evolve(pending, later)],
  ])('stops the saga, and nothing is decided: %s', (_what, meet) => {
    expect(meet).toThrow('unhandled case: OfLaterCode');
  });

  it('stops at an event whose stream has lost its beginning', () => {
    expect(() => fulfilment.evolve(fulfilment.initialState, { type: 'StockReserved' })).toThrow(
      'StockReserved before OrderPlaced: the stream has lost its beginning',
    );
  });
});
