import type { Cause } from '../../kernel/messages/message.ts';
import type { Loaded } from '../../kernel/stores/aggregate.ts';
import type { Secret } from '../../kernel/values/secret.ts';
import type { Payment } from '../domain/payment.ts';
import { decidePayment, type PaymentDeps } from './decide-payment.ts';

/** With the version that says whether it still is. */
export type UnderWay = Loaded<Extract<Payment, { kind: 'capturing' }>>;

const keyOf = (orderId: string): string => `capture-${orderId}`;

/** Providers forget a key after a day: the same call would then charge again. */
const KEY_LIFE_MS = 23 * 60 * 60 * 1000;

/**
 * Asks the provider and records what it answered. The key belongs to the order, so however many times and by whomever
 * this is repeated, the customer is charged once. Throws Refused `unavailable` when the outcome stays unknown. A capture
 * that is older than the provider's memory of keys is not tried again: it is what the provider then says it came to.
 */
export const settleCapture = async (
  deps: PaymentDeps,
  payment: UnderWay,
  paymentToken: Secret,
  cause: Cause,
): Promise<Payment> => {
  const { details, startedAtMs } = payment.state;
  if (deps.clock.now() - startedAtMs > KEY_LIFE_MS) return voidCapture(deps, payment, cause);
  const { orderId, amount } = details;
  const outcome = await deps.provider.charge({ key: keyOf(orderId), amount, paymentToken, cause });
  const settled = await decidePayment(deps, orderId, { type: 'SettleCapture', outcome }, cause, payment);
  return settled.state;
};

/** The other end of a capture under way, for one that closes the payment: it finds out, and never charges. */
export const voidCapture = async (deps: PaymentDeps, payment: UnderWay, cause: Cause): Promise<Payment> => {
  const { orderId, amount } = payment.state.details;
  const outcome = await deps.provider.void({ key: keyOf(orderId), amount, cause });
  const settled = await decidePayment(deps, orderId, { type: 'SettleCapture', outcome }, cause, payment);
  return settled.state;
};
