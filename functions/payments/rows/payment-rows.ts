import type { StateAggregate } from '../../kernel/stores/state-store.ts';
import type { Item, Key } from '../../kernel/stores/table.ts';
import type { Payment, PaymentCommand, PaymentDetails, PaymentEvent } from '../domain/payment.ts';
import { paymentDecider } from '../domain/payment-decider.ts';

export const paymentKey = (orderId: string): Key => ({ pk: `PAYMENT#${orderId}`, sk: 'PAYMENT' });

const detailsOf = (item: Item): PaymentDetails => ({
  orderId: String(item.orderId),
  userId: String(item.userId),
  amount: { amount: Number(item.amount), currency: String(item.currency) },
});

/**
 * A capture under way, whose row holds no token. The version before this one would ask the provider without one; it does
 * not know this kind, so that the command comes back until this version has it.
 */
const CAPTURING = 'capturing-without-token';

export const paymentOf = (item: Item): Payment => {
  const details = detailsOf(item);
  switch (item.kind) {
    // Those of kind `capturing` hold a payment token: earlier versions wrote them.
    case 'capturing':
    case CAPTURING:
      return {
        kind: 'capturing',
        details,
        // Rows of earlier versions have none: such a capture is an old one.
        startedAtMs: Number(item.startedAtMs ?? 0),
      };
    case 'captured':
      return { kind: 'captured', details, chargeId: String(item.chargeId) };
    case 'declined':
      return { kind: 'declined', details, ...(item.because === 'token_gone' && { because: item.because }) };
    case 'refunded':
      return { kind: 'refunded', details, refunded: Number(item.refunded) };
    default:
      throw new Error(`a payment of kind ${String(item.kind)} is not known`);
  }
};

export const paymentAggregate: StateAggregate<PaymentCommand, PaymentEvent, Payment> = {
  decider: paymentDecider,
  keyOf: paymentKey,
  toAttributes: (payment) => {
    if (payment.kind === 'none') return {};
    const { details, ...rest } = payment;
    const { amount, ...ids } = details;
    const kind = payment.kind === 'capturing' ? CAPTURING : payment.kind;
    return { ...rest, kind, ...ids, amount: amount.amount, currency: amount.currency };
  },
  fromItem: paymentOf,
};
