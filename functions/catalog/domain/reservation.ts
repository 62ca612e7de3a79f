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
  | { readonly kind: 'rejected'; readonly short: readonly string[] }
  | { readonly kind: 'released'; readonly answered: boolean };

export type ReservationCommand =
  /** `short` lists the skus that cannot be held now, found by looking at the stock. */
  | { readonly kind: 'reserve'; readonly lines: readonly Line[]; readonly short: readonly string[] }
  | { readonly kind: 'release' };

export type ReservationEvent =
  | { readonly kind: 'reserved'; readonly lines: readonly Line[] }
  | { readonly kind: 'rejected'; readonly short: readonly string[] }
  /** `lines` is what goes back to stock: nothing, when nothing was held. */
  | { readonly kind: 'released'; readonly lines: readonly Line[] };
