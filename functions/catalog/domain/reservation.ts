import { accept, type Decider, type Decision } from '../../kernel/stores/decider.ts';
import { never } from '../../kernel/values/never.ts';

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

const initialState: Reservation = { kind: 'none' };

const reserve = (
  { lines, short }: Extract<ReservationCommand, { kind: 'reserve' }>,
  reservation: Reservation,
): Decision<ReservationEvent> => {
  switch (reservation.kind) {
    case 'none':
      return short.length > 0 ? accept({ kind: 'rejected', short }) : accept({ kind: 'reserved', lines });
    // A repeated command changes nothing: what was decided first has been published already.
    case 'held':
    case 'rejected':
      return accept();
    case 'released':
      return reservation.answered ? accept() : accept({ kind: 'rejected', short: [] });
    default:
      return never(reservation);
  }
};

const release = (reservation: Reservation): Decision<ReservationEvent> => {
  switch (reservation.kind) {
    case 'held':
      return accept({ kind: 'released', lines: reservation.lines });
    case 'none':
    case 'rejected':
      return accept({ kind: 'released', lines: [] });
    case 'released':
      return accept();
    default:
      return never(reservation);
  }
};

export const reservationDecider: Decider<ReservationCommand, ReservationEvent, Reservation> = {
  initialState,
  decide: (command, reservation) => (command.kind === 'reserve' ? reserve(command, reservation) : release(reservation)),
  evolve: (reservation, event) => {
    switch (event.kind) {
      case 'reserved':
        return { kind: 'held', lines: event.lines };
      case 'rejected':
        return reservation.kind === 'released'
          ? { kind: 'released', answered: true }
          : { kind: 'rejected', short: event.short };
      case 'released':
        return { kind: 'released', answered: reservation.kind !== 'none' };
      default:
        return never(event);
    }
  },
};
