import { describe } from '@jest/globals';
import type {
  Payment,
  PaymentCommand,
  PaymentDetails,
  PaymentEvent,
} from '../../../functions/payments/domain/payment.ts';
import { paymentDecider } from '../../../functions/payments/domain/payment-decider.ts';
import { paymentAggregate } from '../../../functions/payments/rows/payment-rows.ts';
import { itKeepsItsLaws } from '../../support/decider-properties.ts';
import { fc } from '../../support/properties.ts';

const details: fc.Arbitrary<PaymentDetails> = fc.record({
  orderId: fc.constant('o-1'),
  userId: fc.constantFrom('ada', 'bob'),
  amount: fc.record({ amount: fc.nat(), currency: fc.constantFrom('EUR', 'JPY') }),
});

const commands: fc.Arbitrary<PaymentCommand> = fc.oneof(
  fc.record({
    type: fc.constant('StartCapture' as const),
    details,
    hasToken: fc.boolean(),
    nowMs: fc.nat(),
  }),
  fc.record({
    type: fc.constant('SettleCapture' as const),
    outcome: fc.oneof(
      fc.record({ kind: fc.constant('captured' as const), chargeId: fc.string() }),
      fc.constant({ kind: 'declined' as const }),
    ),
  }),
  fc.record({ type: fc.constant('StartRefund' as const), details }),
  fc.constant<PaymentCommand>({ type: 'SettleRefund' }),
);

const RANKS: Readonly<Record<Payment['kind'], number>> = {
  none: 0,
  capturing: 1,
  captured: 2,
  declined: 2,
  refunded: 3,
};

const count = (events: readonly PaymentEvent[], type: PaymentEvent['type']): number =>
  events.filter((event) => event.type === type).length;

/** What was captured is kept, or given back to the cent; nothing is ever given back that was not captured. */
const isMoneyRight = (payment: Payment, events: readonly PaymentEvent[]): boolean => {
  const captured = count(events, 'PaymentCaptured');
  if (captured > 1 || count(events, 'PaymentRefunded') > 1) return false;
  if (payment.kind === 'captured') return captured === 1;
  if (payment.kind !== 'refunded') return captured === 0;
  return payment.refunded === (captured === 1 ? payment.details.amount.amount : 0);
};

describe('a payment, whatever is asked of it', () => {
  itKeepsItsLaws(paymentDecider, {
    commands,
    isLegal: isMoneyRight,
    isFinal: ({ kind }) => kind === 'refunded',
    progress: ({ kind }) => [RANKS[kind]],
    stored: (payment) =>
      payment.kind === 'none'
        ? payment
        : paymentAggregate.fromItem({ pk: '', sk: '', ...paymentAggregate.toAttributes(payment) }),
  });
});
