import { describe } from '@jest/globals';
import type { PutProduct } from '../../../functions/catalog/domain/product.ts';
import { productDecider } from '../../../functions/catalog/domain/product-decider.ts';
import type {
  Line,
  Reservation,
  ReservationCommand,
  ReservationEvent,
} from '../../../functions/catalog/domain/reservation.ts';
import { reservationDecider } from '../../../functions/catalog/domain/reservation-decider.ts';
import { productAggregate } from '../../../functions/catalog/rows/product-rows.ts';
import { reservationAggregate } from '../../../functions/catalog/rows/reservation-rows.ts';
import { itKeepsItsLaws } from '../../support/decider-properties.ts';
import { fc } from '../../support/properties.ts';

const skus = fc.constantFrom('tea', 'cup', 'pot');
const lines = fc.uniqueArray(fc.record({ sku: skus, quantity: fc.integer({ min: 1, max: 9 }) }), {
  minLength: 1,
  selector: ({ sku }) => sku,
});

const reservations: fc.Arbitrary<ReservationCommand> = fc.oneof(
  fc.record({ type: fc.constant('ReserveStock' as const), lines, unavailable: fc.uniqueArray(skus, { maxLength: 2 }) }),
  fc.constant<ReservationCommand>({ type: 'ReleaseStock' }),
);

const RANKS: Readonly<Record<Reservation['kind'], number>> = { none: 0, held: 1, rejected: 1, released: 2 };

const taken = (events: readonly ReservationEvent[], type: 'StockReserved' | 'StockReleased'): readonly Line[] =>
  events.flatMap((event) => (event.type === type ? event.lines : []));

/** What was taken from stock is held, or went back piece by piece; each request has one answer. */
const isStockRight = (reservation: Reservation, events: readonly ReservationEvent[]): boolean => {
  const out = taken(events, 'StockReserved');
  const back = taken(events, 'StockReleased');
  const held = reservation.kind === 'held' ? reservation.lines : back;
  const answers = events.filter(({ type }) => type !== 'StockReleased').length;
  return (
    JSON.stringify(out) === JSON.stringify(held) && (reservation.kind !== 'held' || back.length === 0) && answers <= 1
  );
};

describe('a reservation, whatever is asked of it', () => {
  itKeepsItsLaws(reservationDecider, {
    commands: reservations,
    isLegal: isStockRight,
    isFinal: ({ kind }) => kind === 'released',
    progress: (reservation) => [
      RANKS[reservation.kind],
      reservation.kind === 'released' && reservation.answered ? 1 : 0,
    ],
    stored: (reservation) =>
      reservation.kind === 'none'
        ? reservation
        : reservationAggregate.fromItem({ pk: '', sk: '', ...reservationAggregate.toAttributes(reservation) }),
  });
});

const products: fc.Arbitrary<PutProduct> = fc.record({
  type: fc.constant('PutProduct' as const),
  sku: fc.constant('tea'),
  name: fc.constantFrom('Tea', 'Green tea'),
  price: fc.record({ amount: fc.nat(2), currency: fc.constantFrom('EUR', 'JPY') }),
});

describe('a product, whatever is put', () => {
  itKeepsItsLaws(productDecider, {
    commands: products,
    isLegal: (product, events) => {
      const last = events.at(-1);
      if (last === undefined || product.kind === 'absent') return false;
      return product.name === last.name && JSON.stringify(product.price) === JSON.stringify(last.price);
    },
    isFinal: () => false,
    progress: ({ kind }) => [kind === 'absent' ? 0 : 1],
    stored: (product) =>
      product.kind === 'absent'
        ? product
        : productAggregate.fromItem({ pk: '', sk: '', ...productAggregate.toAttributes(product) }),
  });
});
