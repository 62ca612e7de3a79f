import { causedBy, type Message } from '../../kernel/messages/message.ts';
import type { RecordingTools } from '../../kernel/messages/recording.ts';
import { handleCommand } from '../../kernel/stores/command-handler.ts';
import { stateOf } from '../../kernel/stores/state-store.ts';
import type { Table } from '../../kernel/stores/table.ts';
import type { Line, ReservationCommand } from '../domain/reservation.ts';
import { availableOf, stockKey } from '../rows/product-rows.ts';
import { reservationAggregate, stockEffects } from '../rows/reservation-rows.ts';
import { saysSo } from './product-messages.ts';
import { reservationMessages } from './reservation-messages.ts';

export interface CatalogDeps extends RecordingTools {
  readonly table: Table;
}

const unavailableOf = async (table: Table, lines: readonly Line[]): Promise<readonly string[]> => {
  const stocks = await Promise.all(lines.map(({ sku }) => table.get(stockKey(sku), { consistent: true })));
  return lines.filter(({ quantity }, index) => availableOf(stocks[index]) < quantity).map(({ sku }) => sku);
};

/**
 * Decides a reservation: the stock changes in one transaction with the row that remembers the reservation and its answer.
 * A command about what is settled changes nothing and is answered again from the state, whether it is a copy of one that
 * was answered or asks for an answer that was lost. So no inbox is needed: a reservation moves forward only, is never
 * removed, and its answers may come twice.
 */
const decideReservation = async (
  deps: CatalogDeps,
  asked: ReservationCommand['type'],
  message: Message,
  orderId: string,
  command: () => ReservationCommand | Promise<ReservationCommand>,
): Promise<void> => {
  const cause = causedBy(message);
  await handleCommand({
    aggregate: stateOf(deps.table, reservationAggregate, orderId),
    command,
    publish: (change) => reservationMessages({ orderId, asked, ...change }, cause, deps),
    also: ({ events }) => events.flatMap((event) => stockEffects(event, saysSo(cause, deps))),
  });
};

export const reserveStock = (
  deps: CatalogDeps,
  message: Message,
  orderId: string,
  lines: readonly Line[],
): Promise<void> =>
  decideReservation(deps, 'ReserveStock', message, orderId, async () => ({
    type: 'ReserveStock',
    lines,
    unavailable: await unavailableOf(deps.table, lines),
  }));

export const releaseStock = (deps: CatalogDeps, message: Message, orderId: string): Promise<void> =>
  decideReservation(deps, 'ReleaseStock', message, orderId, () => ({ type: 'ReleaseStock' }));
