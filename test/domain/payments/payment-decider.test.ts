import { describe, expect, it } from '@jest/globals';
import type { PaymentDetails, PaymentEvent } from '../../../functions/payments/domain/payment.ts';
import { paymentDecider } from '../../../functions/payments/domain/payment-decider.ts';
import { specificationOf } from '../../support/decider-specification.ts';

const given = specificationOf(paymentDecider);
const details: PaymentDetails = { orderId: 'o-1', userId: 'ada', amount: { amount: 900, currency: 'EUR' } };
const others: PaymentDetails = { ...details, userId: 'bob' };
const started: PaymentEvent = { type: 'CaptureStarted', details, startedAtMs: 5 };
const captured: PaymentEvent = { type: 'PaymentCaptured', chargeId: 'c-1' };
const declined: PaymentEvent = { type: 'PaymentDeclined' };
const refunded = (amount: number): PaymentEvent => ({ type: 'PaymentRefunded', details, refunded: amount });
const start = { type: 'StartCapture', details: others, hasToken: true, nowMs: 7 } as const;
const settleCaptured = { type: 'SettleCapture', outcome: { kind: 'captured', chargeId: 'c-2' } } as const;

describe('a payment', () => {
  it('is begun before the provider is asked, once', () => {
    given().thenState({ kind: 'none' });
    given().when({ type: 'StartCapture', details, hasToken: true, nowMs: 5 }).then(started);
    given(started).thenState({ kind: 'capturing', details, startedAtMs: 5 });
    for (const events of [[started], [started, captured], [started, declined], [refunded(0)]])
      given(...events)
        .when(start)
        .then();
  });

  it('is declined without asking the provider when there is no token, and only while nothing is known of it', () => {
    const gone = { type: 'TokenGone', details } as const;
    given()
      .when({ ...start, details, hasToken: false })
      .then(gone);
    given(gone).thenState({ kind: 'declined', details, because: 'token_gone' });
    for (const events of [[started], [started, captured], [gone], [refunded(0)]])
      given(...events)
        .when({ ...start, hasToken: false })
        .then();
  });

  it('comes to what the provider answers, once', () => {
    given(started).when(settleCaptured).then({ type: 'PaymentCaptured', chargeId: 'c-2' });
    given(started)
      .when({ type: 'SettleCapture', outcome: { kind: 'declined' } })
      .then(declined);
    given(started, captured).thenState({ kind: 'captured', details, chargeId: 'c-1' });
    given(started, declined).thenState({ kind: 'declined', details });
    for (const events of [[], [started, captured], [started, declined], [refunded(0)]])
      given(...events)
        .when(settleCaptured)
        .then();
  });

  it('of which nothing was captured is closed at once', () => {
    for (const events of [[], [started, declined]])
      given(...events)
        .when({ type: 'StartRefund', details })
        .then(refunded(0));
    given(refunded(0)).thenState({ kind: 'refunded', details, refunded: 0 });
    for (const events of [[started], [started, captured], [refunded(0)]])
      given(...events)
        .when({ type: 'StartRefund', details: others })
        .then();
  });

  it('that was captured goes back whole, once', () => {
    given(started, captured).when({ type: 'SettleRefund' }).then(refunded(900));
    for (const events of [[], [started], [started, declined], [started, captured, refunded(900)]])
      given(...events)
        .when({ type: 'SettleRefund' })
        .then();
  });

  it('is settled by no outcome that comes when none is waited for', () => {
    given(captured).thenState({ kind: 'none' });
    given(declined).thenState({ kind: 'none' });
    given(started, captured, declined).thenState({ kind: 'captured', details, chargeId: 'c-1' });
    given(started, declined, captured).thenState({ kind: 'declined', details });
  });

  it('stops at a command or an event that only later code knows', () => {
    const later = JSON.parse('{ "type": "OfLaterCode" }');
    expect(() => paymentDecider.decide(later, paymentDecider.initialState)).toThrow('unhandled case: OfLaterCode');
    expect(() => paymentDecider.evolve(paymentDecider.initialState, later)).toThrow('unhandled case: OfLaterCode');
  });
});
