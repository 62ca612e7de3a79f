import { describe, expect, it } from '@jest/globals';
import { type LeaseEvent, LOST_AFTER_MS, NO_OWNER } from '../../../functions/registry/domain/lease.ts';
import { leaseDecider } from '../../../functions/registry/domain/lease-decider.ts';
import { isForgotten, planSweep, type SweptLease } from '../../../functions/registry/domain/sweep.ts';
import { specificationOf } from '../../support/decider-specification.ts';

const given = specificationOf(leaseDecider);
const by = 'role/billing';
const registered: LeaseEvent = { type: 'InstanceRegistered', owner: by, host: 'a.svc.internal', port: 80, atMs: 0 };

describe('a lease', () => {
  it('is held from its registration on, also from a second one elsewhere', () => {
    const register = { type: 'RegisterInstance', owner: by, host: 'a.svc.internal', port: 80, atMs: 0 } as const;
    given().when(register).then(registered);
    given(registered)
      .when({ ...register, host: 'b.svc.internal', port: 81, atMs: 7 })
      .then({ type: 'InstanceRegistered', owner: by, host: 'b.svc.internal', port: 81, atMs: 7 });
  });

  it('ends when it is given back', () => {
    given(registered).when({ type: 'DeregisterInstance', by }).then({ type: 'InstanceDeregistered' });
  });

  it('is held as long as heartbeats come', () => {
    given(registered).when({ type: 'RecordHeartbeat', by, atMs: 5 }).then({ type: 'HeartbeatReceived', atMs: 5 });
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
      .when({ type: 'RecordHeartbeat', by, atMs: 9 })
      .then({ type: 'InstanceRecovered', atMs: 9 });
  });

  it('is lost later than 90 s after its last heartbeat', () => {
    given(registered).when({ type: 'ExpireLease', atMs: 90_000 }).then();
    given(registered).when({ type: 'ExpireLease', atMs: 90_001 }).then({ type: 'InstanceLost' });
  });

  it('does not survive its deregistration', () => {
    given(registered, { type: 'InstanceDeregistered' })
      .when({ type: 'RecordHeartbeat', by, atMs: 1 })
      .thenRefused({ outcome: 'not_found', detail: 'There is no such instance.' });
    given().when({ type: 'DeregisterInstance', by }).then();
    given(registered, { type: 'InstanceDeregistered' }).thenState({ kind: 'none' });
  });

  it('is healthy again, at the same place, when it recovers', () => {
    const held = { kind: 'held', owner: by, host: 'a.svc.internal', port: 80 } as const;
    given(registered, { type: 'InstanceLost' }).thenState({ ...held, healthy: false, lastHeartbeatMs: 0 });
    given(registered, { type: 'InstanceLost' }, { type: 'InstanceRecovered', atMs: 9 }).thenState({
      ...held,
      healthy: true,
      lastHeartbeatMs: 9,
    });
  });

  it('is not there for another: no heartbeat renews it, no deregistration ends it, and no registration takes it', () => {
    const other = 'role/other';
    const none = { outcome: 'not_found', detail: 'There is no such instance.' } as const;
    given(registered).when({ type: 'RecordHeartbeat', by: other, atMs: 1 }).thenRefused(none);
    given(registered).when({ type: 'DeregisterInstance', by: other }).then();
    given(registered)
      .when({ type: 'RegisterInstance', owner: other, host: 'b.svc.internal', port: 81, atMs: 7 })
      .thenRefused({ outcome: 'conflict', detail: 'Another machine holds the lease of this instance.' });
  });

  it('has an owner again when one without is registered', () => {
    const register = { type: 'RegisterInstance', owner: by, host: 'a.svc.internal', port: 80, atMs: 7 } as const;
    const ofBefore = { ...registered, owner: NO_OWNER };
    given(ofBefore)
      .when({ type: 'RecordHeartbeat', by, atMs: 1 })
      .thenRefused({ outcome: 'not_found', detail: 'There is no such instance.' });
    given(ofBefore)
      .when(register)
      .then({ ...register, type: 'InstanceRegistered' });
  });

  it('is ended by the registry itself, whoever holds it', () => {
    given(registered).when({ type: 'EndLease' }).then({ type: 'InstanceDeregistered' });
    given().when({ type: 'EndLease' }).then();
  });

  it('is not made by what comes before its registration', () => {
    const none = { kind: 'none' } as const;
    given().thenState(none);
    given({ type: 'HeartbeatReceived', atMs: 1 }).thenState(none);
    given({ type: 'InstanceRecovered', atMs: 1 }).thenState(none);
    given({ type: 'InstanceLost' }).thenState(none);
  });
});

it('stops at a command or an event that only later code knows', () => {
  const later = JSON.parse('{ "type": "OfLaterCode" }');
  const held = leaseDecider.evolve(leaseDecider.initialState, registered);
  expect(() => leaseDecider.decide(later, held)).toThrow('unhandled case: OfLaterCode');
  expect(() => leaseDecider.evolve(held, later)).toThrow('unhandled case: OfLaterCode');
});

describe('a sweep', () => {
  const lease = (id: number, lastHeartbeatMs: number): SweptLease => ({
    service: 'orders',
    id: String(id),
    owner: by,
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
    expect(planSweep(fleet(6, 2), nowMs).isPreserving).toBe(false);
    expect(planSweep(fleet(7, 2), nowMs)).toEqual({ isPreserving: true, lost: [] });
  });

  it('takes out what is silent for more than ten minutes longer, as long as any is alive', () => {
    const endMs = LOST_AFTER_MS + 10 * 60_000;
    const silent = (atMs: number) => [0, 1, 2].map((id) => lease(id, atMs));
    const alive = [3, 4, 5, 6].map((id) => lease(id, endMs));
    expect(planSweep([...silent(0), ...alive], endMs)).toEqual({ isPreserving: true, lost: [] });
    expect(planSweep([...silent(-1), ...alive], endMs)).toEqual({ isPreserving: true, lost: silent(-1) });
    expect(planSweep(fleet(7, 7), endMs + 1)).toEqual({ isPreserving: true, lost: [] });
  });

  it('forgets what is lost and silent for more than an hour', () => {
    const lost = { ...lease(1, 0), healthy: false };
    expect(isForgotten(lost, 3_600_001)).toBe(true);
    expect(isForgotten(lost, 3_600_000)).toBe(false);
    expect(isForgotten(lease(1, 0), 3_600_001)).toBe(false);
    expect(isForgotten({ ...lost, lastHeartbeatMs: 3_600_000 }, 3_600_001)).toBe(false);
  });

  it('leaves those alone that are known to be lost', () => {
    expect(planSweep([{ ...lease(1, 0), healthy: false }], nowMs).lost).toEqual([]);
  });
});
