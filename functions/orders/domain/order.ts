import type { Money } from '../../kernel/values/money.ts';

/** `price` is what one piece cost when the order was placed. */
export interface OrderLine {
  readonly sku: string;
  readonly quantity: number;
  readonly price: Money;
}

export interface PlacedOrder {
  readonly orderId: string;
  readonly userId: string;
  readonly items: readonly OrderLine[];
  readonly total: Money;
  /** RFC 3339, UTC. */
  readonly placedAt: string;
}

export const CANCELLATION_REASONS = [
  'out_of_stock',
  'payment_declined',
  'timed_out',
  'customer',
  'user_erased',
  'operator',
] as const;
export type CancellationReason = (typeof CANCELLATION_REASONS)[number];

/** Who of the operators did something by hand, and why. Shown to operators alone. */
export interface ByHand {
  readonly by: string;
  readonly why?: string;
}

/** What is known of the stock. `requested` may be held or not; `released` is closed: nothing is held or will be. */
export const STOCK_LEGS = ['requested', 'held', 'rejected', 'releasing', 'released'] as const;
export type StockLeg = (typeof STOCK_LEGS)[number];

/** What is known of the money. `requested` may be captured or not; `refunded` is closed: none is kept or will be. */
export const PAYMENT_LEGS = ['idle', 'requested', 'captured', 'declined', 'refunding', 'refunded'] as const;
export type PaymentLeg = (typeof PAYMENT_LEGS)[number];

/** What an order may wait for: each wait has a timer of its own. */
export const STEPS = ['stock', 'payment', 'refund', 'release'] as const;
export type Step = (typeof STEPS)[number];

interface Legs {
  readonly stock: StockLeg;
  readonly payment: PaymentLeg;
  /** How often each step was asked for again; a step that is not listed was asked for once. */
  readonly askedAgain: Readonly<Partial<Record<Step, number>>>;
}

/**
 * PENDING → CONFIRMED, or PENDING → CANCELLING → CANCELLED; confirmed and cancelled absorb. A cancelled order keeps its
 * legs because a success that arrives late must still be given back.
 */
export type Order =
  | { readonly kind: 'none' }
  | ({ readonly kind: 'pending'; readonly placed: PlacedOrder } & Legs)
  | ({ readonly kind: 'confirmed'; readonly placed: PlacedOrder } & Legs)
  | ({ readonly kind: 'cancelling'; readonly placed: PlacedOrder; readonly reason: CancellationReason } & Legs)
  | ({ readonly kind: 'cancelled'; readonly placed: PlacedOrder; readonly reason: CancellationReason } & Legs);

export type ExistingOrder = Exclude<Order, { kind: 'none' }>;

export type OrderEvent =
  | ({ readonly type: 'OrderPlaced' } & PlacedOrder)
  | { readonly type: 'StockReserved' }
  | { readonly type: 'StockRejected'; readonly unavailable: readonly string[] }
  | { readonly type: 'PaymentRequested' }
  | { readonly type: 'PaymentCaptured' }
  | { readonly type: 'PaymentDeclined' }
  | { readonly type: 'OrderConfirmed' }
  | { readonly type: 'CancellationStarted'; readonly reason: CancellationReason; readonly byHand?: ByHand }
  | { readonly type: 'RefundRequested' }
  | { readonly type: 'PaymentRefunded' }
  | { readonly type: 'StockReleaseRequested' }
  | { readonly type: 'StockReleased' }
  | { readonly type: 'OrderCancelled'; readonly reason: CancellationReason }
  /** The answer did not come: the command of the step goes out again. `attempt` is 1 for the first time. */
  | { readonly type: 'StepAskedAgain'; readonly step: Step; readonly attempt: number; readonly byHand?: ByHand };

export type OrderCommand =
  | {
      readonly type: 'PlaceOrder';
      readonly orderId: string;
      readonly userId: string;
      readonly items: readonly OrderLine[];
      readonly placedAt: string;
    }
  | { readonly type: 'CancelOrder'; readonly reason: CancellationReason; readonly byHand?: ByHand };
