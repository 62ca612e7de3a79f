import { accept, type Decider, type Decision } from '../../kernel/stores/decider.ts';
import { never } from '../../kernel/values/never.ts';
import type { Reservation, ReservationCommand, ReservationEvent } from './reservation.ts';

const initialState: Reservation = { kind: 'none' };

const reserve = (
  { lines, unavailable }: Extract<ReservationCommand, { type: 'ReserveStock' }>,
  reservation: Reservation,
): Decision<ReservationEvent> => {
  switch (reservation.kind) {
    case 'none':
      return unavailable.length > 0
        ? accept({ type: 'StockRejected', unavailable })
        : accept({ type: 'StockReserved', lines });
    // A repeated command changes nothing: it is answered from the state.
    case 'held':
    case 'rejected':
      return accept();
    case 'released':
      return reservation.answered ? accept() : accept({ type: 'StockRejected', unavailable: [] });
    default:
      return never(reservation);
  }
};

const release = (reservation: Reservation): Decision<ReservationEvent> => {
  switch (reservation.kind) {
    case 'held':
      return accept({ type: 'StockReleased', lines: reservation.lines });
    case 'none':
    case 'rejected':
      return accept({ type: 'StockReleased', lines: [] });
    case 'released':
      return accept();
    default:
      return never(reservation);
  }
};

export const reservationDecider: Decider<ReservationCommand, ReservationEvent, Reservation> = {
  initialState,
  decide: (command, reservation) =>
    command.type === 'ReserveStock' ? reserve(command, reservation) : release(reservation),
  evolve: (reservation, event) => {
    switch (event.type) {
      case 'StockReserved':
        return { kind: 'held', lines: event.lines };
      case 'StockRejected':
        return reservation.kind === 'released'
          ? { kind: 'released', answered: true }
          : { kind: 'rejected', unavailable: event.unavailable };
      case 'StockReleased':
        return { kind: 'released', answered: reservation.kind !== 'none' };
      default:
        return never(event);
    }
  },
};
