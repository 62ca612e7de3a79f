import { describe, it } from '@jest/globals';
import type { ReservationEvent } from '../../../functions/catalog/domain/reservation.ts';
import { reservationDecider } from '../../../functions/catalog/domain/reservation-decider.ts';
import { specificationOf } from '../../support/decider-specification.ts';

const given = specificationOf(reservationDecider);
const lines = [{ sku: 'lamp', quantity: 2 }];
const reserve = { type: 'ReserveStock', lines, short: [] } as const;
const reserved: ReservationEvent = { type: 'StockReserved', lines };
const released = (back: typeof lines): ReservationEvent => ({ type: 'StockReleased', lines: back });

describe('a reservation', () => {
  it('holds all lines', () => given().when(reserve).then(reserved));

  it('is rejected as a whole when one line falls short', () =>
    given()
      .when({ ...reserve, short: ['lamp'] })
      .then({ type: 'StockRejected', short: ['lamp'] }));

  it('answers once, however often it is asked', () => {
    given(reserved).when(reserve).then();
    given({ type: 'StockRejected', short: ['lamp'] })
      .when(reserve)
      .then();
  });

  it('gives back what it holds, once', () => {
    given(reserved).when({ type: 'ReleaseStock' }).then(released(lines));
    given(reserved, released(lines)).when({ type: 'ReleaseStock' }).then();
  });

  it('gives back nothing when it was rejected', () =>
    given({ type: 'StockRejected', short: ['lamp'] })
      .when({ type: 'ReleaseStock' })
      .then(released([])));

  it('that comes after its release is rejected, once, and holds nothing', () => {
    given().when({ type: 'ReleaseStock' }).then(released([]));
    given(released([])).when(reserve).then({ type: 'StockRejected', short: [] });
    given(released([]), { type: 'StockRejected', short: [] }).when(reserve).then();
    given(released([]), { type: 'StockRejected', short: [] }).when({ type: 'ReleaseStock' }).then();
  });

  it('stays silent when it is repeated after its release', () => given(reserved, released(lines)).when(reserve).then());
});
