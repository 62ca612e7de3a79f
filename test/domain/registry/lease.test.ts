import { describe, expect, it } from '@jest/globals';
import { type LeaseEvent, LOST_AFTER_MS } from '../../../functions/registry/domain/lease.ts';
import { leaseDecider } from '../../../functions/registry/domain/lease-decider.ts';
import { planSweep, type SweptLease } from '../../../functions/registry/domain/sweep.ts';
import { specificationOf } from '../../support/decider-specification.ts';

const given = specificationOf(leaseDecider);
const registered: LeaseEvent = { type: 'InstanceRegistered', host: 'a.svc.internal', port: 80, atMs: 0 };

describe('a lease', () => {
  it('is held as long as heartbeats come', () => {
    given(registered).when({ type: 'RecordHeartbeat', atMs: 5 }).then({ type: 'HeartbeatReceived', atMs: 5 });
    given(registered, { type: 'HeartbeatReceived', atMs: 5 })
      .when({ type: 'ExpireLease', atMs: LOST_AFTER_MS + 5 })
      .then();
  });

  it('is lost after three missed heartbeats, once, and recovers with the next one', () => {
    given(registered)
      .when({ type: 'ExpireLease', atMs: LOST_AFTER_MS + 1 })
      .then({ type: 'InstanceLost' });
    given(registered, { type: 'InstanceLost' })
      .when({ type: 'ExpireLease', atMs: LOST_AFTER_MS * 2 })
      .then();
    given(registered, { type: 'InstanceLost' })
      .when({ type: 'RecordHeartbeat', atMs: 9 })
      .then({ type: 'InstanceRecovered', atMs: 9 });
  });

  it('is lost later than 90 s after its last heartbeat', () => {
    given(registered).when({ type: 'ExpireLease', atMs: 90_000 }).then();
    given(registered).when({ type: 'ExpireLease', atMs: 90_001 }).then({ type: 'InstanceLost' });
  });

  it('does not survive its deregistration', () => {
    given(registered, { type: 'InstanceDeregistered' })
      .when({ type: 'RecordHeartbeat', atMs: 1 })
      .thenRefused({ outcome: 'not_found' });
    given().when({ type: 'DeregisterInstance' }).then();
  });
});

describe('a sweep', () => {
  const lease = (id: number, lastHeartbeatMs: number): SweptLease => ({
    service: 'orders',
    id: String(id),
    host: 'a.svc.internal',
    port: 80,
    healthy: true,
    lastHeartbeatMs,
  });
  const nowMs = LOST_AFTER_MS * 3;
  const fleet = (size: number, silent: number) =>
    Array.from({ length: size }, (_, id) => lease(id, id < silent ? 0 : nowMs));

  it('takes out those that are silent for too long', () => {
    expect(planSweep(fleet(20, 3), nowMs)).toMatchObject({ isPreserving: false, lost: { length: 3 } });
  });

  it('takes out none when more than 15 % fell silent at once: the fault is more likely ours', () => {
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
