import type { Effect } from '../../kernel/stores/aggregate.ts';
import type { StateAggregate } from '../../kernel/stores/state-store.ts';
import type { Item } from '../../kernel/stores/table.ts';
import type { JsonObject } from '../../kernel/values/json.ts';
import type { Line, Reservation, ReservationCommand, ReservationEvent } from '../domain/reservation.ts';
import { reservationDecider } from '../domain/reservation-decider.ts';
import { holdStock, returnStock, type SaysSo } from './product-rows.ts';

const linesOf = (item: Item): readonly Line[] =>
  Array.isArray(item.lines)
    ? item.lines.map((line) => ({ sku: String(line.sku), quantity: Number(line.quantity) }))
    : [];

const fromItem = (item: Item): Reservation => {
  switch (item.kind) {
    case 'held':
      return { kind: 'held', lines: linesOf(item) };
    case 'rejected':
      return { kind: 'rejected', unavailable: Array.isArray(item.short) ? item.short.map(String) : [] };
    default:
      return { kind: 'released', answered: item.answered === true };
  }
};

/** `short` is what the rows of rejected reservations call the products that are unavailable. */
const toAttributes = (reservation: Reservation): JsonObject => {
  switch (reservation.kind) {
    case 'held':
      return { kind: 'held', lines: reservation.lines.map(({ sku, quantity }) => ({ sku, quantity })) };
    case 'rejected':
      return { kind: 'rejected', short: reservation.unavailable };
    default:
      return { ...reservation };
  }
};

export const reservationAggregate: StateAggregate<ReservationCommand, ReservationEvent, Reservation> = {
  decider: reservationDecider,
  keyOf: (orderId) => ({ pk: `RESERVATION#${orderId}`, sk: 'RESERVATION' }),
  toAttributes,
  fromItem,
};

/** Moves stock in the same commit. A hold that falls short by then is decided again, with a new look at the stock. */
export const stockEffects = (event: ReservationEvent, saysSo: SaysSo): readonly Effect[] => {
  switch (event.type) {
    case 'StockReserved':
      return event.lines.map((line) => ({ write: holdStock(line, saysSo), whenRefused: 'retry' }));
    case 'StockReleased':
      return event.lines.map((line) => ({ write: returnStock(line, saysSo), whenRefused: 'retry' }));
    case 'StockRejected':
      return [];
  }
};
