import { accept, type Decider, type Decision } from '../../kernel/stores/decider.ts';
import { never } from '../../kernel/values/never.ts';
import type { Reservation, ReservationCommand, ReservationEvent } from './reservation.ts';

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
