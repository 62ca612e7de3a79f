import type { Money } from '../../kernel/values/money.ts';
import type { ChargeOutcome } from './payment.ts';

/**
 * The provider in our own words. Both calls may be repeated with the same key and then tell the first one's outcome.
 * They throw Refused `unavailable` when the outcome is unknown: money may or may not have moved.
 */
export interface PaymentProvider {
  charge(request: {
    readonly key: string;
    readonly amount: Money;
    readonly paymentToken: string;
  }): Promise<ChargeOutcome>;
  refund(request: { readonly key: string; readonly chargeId: string; readonly amount: Money }): Promise<void>;
}
