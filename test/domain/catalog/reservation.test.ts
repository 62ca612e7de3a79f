import { describe, expect, it } from '@jest/globals';
import type { ReservationEvent } from '../../../functions/catalog/domain/reservation.ts';
import { reservationDecider } from '../../../functions/catalog/domain/reservation-decider.ts';
import { reservationAggregate } from '../../../functions/catalog/rows/reservation-rows.ts';
import { specificationOf } from '../../support/decider-specification.ts';

const given = specificationOf(reservationDecider);
const lines = [{ sku: 'lamp', quantity: 2 }];
const reserve = { type: 'ReserveStock', lines, unavailable: [] } as const;
const reserved: ReservationEvent = { type: 'StockReserved', lines };
const released = (back: typeof lines): ReservationEvent => ({ type: 'StockReleased', lines: back });

describe('a reservation', () => {
  it('holds all lines', () => given().when(reserve).then(reserved));

  it('is rejected as a whole when one line falls short', () =>
    given()
      .when({ ...reserve, unavailable: ['lamp'] })
      .then({ type: 'StockRejected', unavailable: ['lamp'] }));

  it('answers once, however often it is asked', () => {
    given(reserved).when(reserve).then();
    given({ type: 'StockRejected', unavailable: ['lamp'] })
      .when(reserve)
      .then();
  });

  it('gives back what it holds, once', () => {
    given(reserved).when({ type: 'ReleaseStock' }).then(released(lines));
    given(reserved, released(lines)).when({ type: 'ReleaseStock' }).then();
  });

  it('gives back nothing when it was rejected', () =>
    given({ type: 'StockRejected', unavailable: ['lamp'] })
      .when({ type: 'ReleaseStock' })
      .then(released([])));

  it('that comes after its release is rejected, once, and holds nothing', () => {
    given().when({ type: 'ReleaseStock' }).then(released([]));
    given(released([])).when(reserve).then({ type: 'StockRejected', unavailable: [] });
    given(released([]), { type: 'StockRejected', unavailable: [] }).when(reserve).then();
    given(released([]), { type: 'StockRejected', unavailable: [] }).when({ type: 'ReleaseStock' }).then();
  });

  it('stays silent when it is repeated after its release', () => given(reserved, released(lines)).when(reserve).then());

  it('that was rejected keeps the attribute by which its row is stored', () => {
    const stored = { kind: 'rejected', short: ['lamp'] };
    expect(reservationAggregate.toAttributes({ kind: 'rejected', unavailable: ['lamp'] })).toEqual(stored);
    const row = { pk: 'RESERVATION#o-1', sk: 'RESERVATION', ...stored };
    expect(reservationAggregate.fromItem(row)).toEqual({ kind: 'rejected', unavailable: ['lamp'] });
  });

  it('stops at a state or an event that only later code knows', () => {
    const later = JSON.parse('{ "type": "OfLaterCode", "kind": "ofLaterCode" }');
    expect(() => reservationDecider.decide(reserve, later)).toThrow('unhandled case: OfLaterCode');
    expect(() => reservationDecider.decide({ type: 'ReleaseStock' }, later)).toThrow('unhandled case: OfLaterCode');
    expect(() => reservationDecider.evolve(reservationDecider.initialState, later)).toThrow(
      'unhandled case: OfLaterCode',
    );
  });
});
