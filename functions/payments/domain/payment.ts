import type { Money } from '../../kernel/values/money.ts';

/** One payment per order. */
export interface PaymentDetails {
  readonly orderId: string;
  readonly userId: string;
  readonly amount: Money;
}

export type Payment =
  | { readonly kind: 'none' }
  /** The provider may have been asked; only asking again, with the same key, shows whether it was. */
  | { readonly kind: 'capturing'; readonly details: PaymentDetails; readonly startedAtMs: number }
  | { readonly kind: 'captured'; readonly details: PaymentDetails; readonly chargeId: string }
  | { readonly kind: 'declined'; readonly details: PaymentDetails; readonly because?: 'token_gone' }
  /** Closed: nothing is kept and nothing more will be captured. `refunded` is 0 when nothing had been. */
  | { readonly kind: 'refunded'; readonly details: PaymentDetails; readonly refunded: number };

export type PaymentEvent =
  | { readonly type: 'CaptureStarted'; readonly details: PaymentDetails; readonly startedAtMs: number }
  /** There was nothing to ask the provider with, and it had not been asked before. */
  | { readonly type: 'TokenGone'; readonly details: PaymentDetails }
  | { readonly type: 'PaymentCaptured'; readonly chargeId: string }
  | { readonly type: 'PaymentDeclined' }
  | { readonly type: 'PaymentRefunded'; readonly details: PaymentDetails; readonly refunded: number };

/** What the provider answered: definite, since anything else is asked again. */
export type ChargeOutcome = { readonly kind: 'captured'; readonly chargeId: string } | { readonly kind: 'declined' };

export type PaymentCommand =
  | {
      readonly type: 'StartCapture';
      readonly details: PaymentDetails;
      readonly hasToken: boolean;
      readonly nowMs: number;
    }
  | { readonly type: 'SettleCapture'; readonly outcome: ChargeOutcome }
  /** Closes a payment of which nothing was captured; one that was, or may have been, needs the provider first. */
  | { readonly type: 'StartRefund'; readonly details: PaymentDetails }
  | { readonly type: 'SettleRefund' };
