import type { Payment } from '../domain/payment.ts';
import { decidePayment, type Handling, type PaymentDeps } from './decide-payment.ts';

/**
 * Asks the provider and records what it answered. The key belongs to the order, so however many times and by whomever
 * this is repeated, the customer is charged once. Throws Refused `unavailable` when the outcome stays unknown.
 */
export const settleCapture = async (
  deps: PaymentDeps,
  { details, paymentToken }: Extract<Payment, { kind: 'capturing' }>,
  handling: Handling,
): Promise<Payment> => {
  const { orderId, amount } = details;
  const outcome = await deps.provider.charge({ key: `capture-${orderId}`, amount, paymentToken });
  return decidePayment(deps, orderId, { type: 'SettleCapture', outcome }, handling);
};
