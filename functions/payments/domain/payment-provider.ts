import type { Money } from '../../kernel/values/money.ts';
import type { ChargeOutcome } from './payment.ts';

/**
 * The provider in our own words. Each call may be repeated with the same key and then gives the first one's outcome.
 * They throw Refused `unavailable` when the outcome is unknown: money may or may not have moved.
 */
export interface PaymentProvider {
  charge(request: {
    readonly key: string;
    readonly amount: Money;
    readonly paymentToken: string;
  }): Promise<ChargeOutcome>;
  /** Gives the outcome of the charge with this key; one that was not made will not be made, and counts as declined. */
  void(request: { readonly key: string; readonly amount: Money }): Promise<ChargeOutcome>;
  refund(request: { readonly key: string; readonly chargeId: string; readonly amount: Money }): Promise<void>;
}
