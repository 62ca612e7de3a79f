import { describe, it } from '@jest/globals';
import type { ReservationEvent } from '../../../functions/catalog/domain/reservation.ts';
import { reservationDecider } from '../../../functions/catalog/domain/reservation-decider.ts';
import { specificationOf } from '../../support/decider-specification.ts';

const given = specificationOf(reservationDecider);
const lines = [{ sku: 'lamp', quantity: 2 }];
const reserve = { kind: 'reserve', lines, short: [] } as const;
const reserved: ReservationEvent = { kind: 'reserved', lines };
const released = (back: typeof lines): ReservationEvent => ({ kind: 'released', lines: back });

describe('a reservation', () => {
  it('holds all lines', () => given().when(reserve).then(reserved));

  it('is rejected as a whole when one line falls short', () =>
    given()
      .when({ ...reserve, short: ['lamp'] })
      .then({ kind: 'rejected', short: ['lamp'] }));

  it('answers once, however often it is asked', () => {
    given(reserved).when(reserve).then();
    given({ kind: 'rejected', short: ['lamp'] })
      .when(reserve)
      .then();
  });

  it('gives back what it holds, once', () => {
    given(reserved).when({ kind: 'release' }).then(released(lines));
    given(reserved, released(lines)).when({ kind: 'release' }).then();
  });

  it('gives back nothing when it was rejected', () =>
    given({ kind: 'rejected', short: ['lamp'] })
      .when({ kind: 'release' })
      .then(released([])));

  it('that comes after its release is rejected, once, and holds nothing', () => {
    given().when({ kind: 'release' }).then(released([]));
    given(released([])).when(reserve).then({ kind: 'rejected', short: [] });
    given(released([]), { kind: 'rejected', short: [] }).when(reserve).then();
    given(released([]), { kind: 'rejected', short: [] }).when({ kind: 'release' }).then();
  });

  it('stays silent when it is repeated after its release', () => given(reserved, released(lines)).when(reserve).then());
});
