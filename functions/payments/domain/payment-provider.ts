import type { Cause } from '../../kernel/messages/message.ts';
import type { Money } from '../../kernel/values/money.ts';
import type { Secret } from '../../kernel/values/secret.ts';
import type { ChargeOutcome } from './payment.ts';

interface ProviderRequest {
  readonly key: string;
  readonly amount: Money;
  /** Carried along, so that both sides' logs and traces can be put together. */
  readonly cause: Cause;
}

/**
 * The provider in our own words. Each call may be repeated with the same key and then gives the first one's outcome.
 * They throw Refused `unavailable` when the outcome is unknown: money may or may not have moved.
 */
export interface PaymentProvider {
  charge(request: ProviderRequest & { readonly paymentToken: Secret }): Promise<ChargeOutcome>;
  /** Gives the outcome of the charge with this key; one that was not made will not be made, and counts as declined. */
  void(request: ProviderRequest): Promise<ChargeOutcome>;
  refund(request: ProviderRequest & { readonly chargeId: string }): Promise<void>;
}
