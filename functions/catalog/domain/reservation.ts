export interface Line {
  readonly sku: string;
  readonly quantity: number;
}

/**
 * Stock held for one order. A release may come before its reservation: then nothing was `answered` yet, and the
 * reservation that comes late is answered with a rejection, once.
 */
export type Reservation =
  | { readonly kind: 'none' }
  | { readonly kind: 'held'; readonly lines: readonly Line[] }
  | { readonly kind: 'rejected'; readonly unavailable: readonly string[] }
  | { readonly kind: 'released'; readonly answered: boolean };

export type ReservationCommand =
  /** `unavailable` lists the skus that cannot be held now, found by looking at the stock. */
  | { readonly type: 'ReserveStock'; readonly lines: readonly Line[]; readonly unavailable: readonly string[] }
  | { readonly type: 'ReleaseStock' };

export type ReservationEvent =
  | { readonly type: 'StockReserved'; readonly lines: readonly Line[] }
  | { readonly type: 'StockRejected'; readonly unavailable: readonly string[] }
  /** `lines` is what goes back to stock: nothing, when nothing was held. */
  | { readonly type: 'StockReleased'; readonly lines: readonly Line[] };
