import { describe, expect, it } from '@jest/globals';
import { type LeaseEvent, LOST_AFTER_MS } from '../../../functions/registry/domain/lease.ts';
import { leaseDecider } from '../../../functions/registry/domain/lease-decider.ts';
import { planSweep, type SweptLease } from '../../../functions/registry/domain/sweep.ts';
import { specificationOf } from '../../support/decider-specification.ts';

const given = specificationOf(leaseDecider);
const registered: LeaseEvent = { kind: 'registered', host: 'a.svc.internal', port: 80, atMs: 0 };

describe('a lease', () => {
  it('is held as long as beats come', () => {
    given(registered).when({ kind: 'beat', atMs: 5 }).then({ kind: 'beaten', atMs: 5 });
    given(registered, { kind: 'beaten', atMs: 5 })
      .when({ kind: 'expire', atMs: LOST_AFTER_MS + 5 })
      .then();
  });

  it('is lost after three missed beats, once, and recovers with the next beat', () => {
    given(registered)
      .when({ kind: 'expire', atMs: LOST_AFTER_MS + 1 })
      .then({ kind: 'lost' });
    given(registered, { kind: 'lost' })
      .when({ kind: 'expire', atMs: LOST_AFTER_MS * 2 })
      .then();
    given(registered, { kind: 'lost' }).when({ kind: 'beat', atMs: 9 }).then({ kind: 'recovered', atMs: 9 });
  });

  it('is lost later than 90 s after its last heartbeat', () => {
    given(registered).when({ kind: 'expire', atMs: 90_000 }).then();
    given(registered).when({ kind: 'expire', atMs: 90_001 }).then({ kind: 'lost' });
  });

  it('does not survive its deregistration', () => {
    given(registered, { kind: 'deregistered' }).when({ kind: 'beat', atMs: 1 }).thenRefused({ outcome: 'not_found' });
    given().when({ kind: 'deregister' }).then();
  });
});

describe('a sweep', () => {
  const lease = (id: number, lastHeartbeatMs: number): SweptLease => ({
    service: 'orders',
    id: String(id),
    healthy: true,
    lastHeartbeatMs,
  });
  const nowMs = LOST_AFTER_MS * 3;
  const fleet = (size: number, silent: number) =>
    Array.from({ length: size }, (_, id) => lease(id, id < silent ? 0 : nowMs));

  it('takes out those that are silent for too long', () => {
    expect(planSweep(fleet(20, 3), nowMs)).toMatchObject({ isPreserving: false, lost: { length: 3 } });
  });

  it('takes out nobody when more than 15 % fell silent at once: the fault is more likely ours', () => {
    expect(planSweep(fleet(20, 4), nowMs)).toEqual({ isPreserving: true, lost: [] });
  });

  it('takes out those that are silent for more than 90 s', () => {
    expect(planSweep([lease(1, 0), lease(2, 1)], 90_001).lost).toEqual([lease(1, 0)]);
  });

  it('does not count shares of a small fleet', () => {
    expect(planSweep(fleet(3, 2), nowMs).lost).toHaveLength(2);
  });

  it('leaves those alone that are known to be lost', () => {
    expect(planSweep([{ ...lease(1, 0), healthy: false }], nowMs).lost).toEqual([]);
  });
});
