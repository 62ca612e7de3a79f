import { describe, expect, it } from '@jest/globals';
import {
  afterOutcome,
  type BreakerState,
  closed,
  createCircuitBreaker,
  type Passage,
  permit,
} from '../../../../functions/kernel/calls/circuit-breaker.ts';

const policy = { threshold: 3, openMs: 100 };
const closedAfter = (...recent: boolean[]): BreakerState => ({ kind: 'closed', recent });
const open: BreakerState = { kind: 'open', untilMs: 100 };
const openFrom50: BreakerState = { kind: 'open', untilMs: 150 };
const probing: BreakerState = { kind: 'half-open', untilMs: 200 };

const breakerAt = () => {
  let nowMs = 0;
  const breaker = createCircuitBreaker({ now: () => nowMs }, policy);
  const enter = (): Passage => {
    const passage = breaker.enter();
    if (!passage) throw new Error('not let through');
    return passage;
  };
  return {
    breaker,
    enter,
    fail: (times: number) => {
      for (let time = 0; time < times; time += 1) enter().failed();
    },
    at: (ms: number) => {
      nowMs = ms;
    },
  };
};

describe('a circuit breaker', () => {
  it.each<[string, BreakerState, number, BreakerState | undefined]>([
    ['closed lets through', closed, 0, closed],
    ['closed with failures lets through', closedAfter(true, true), 0, closedAfter(true, true)],
    ['open lets nothing through', open, 99, undefined],
    ['open becomes half-open in time', open, 100, probing],
    ['half-open lets no second probe through', probing, 199, undefined],
    ['half-open gives a lost probe up', probing, 200, { kind: 'half-open', untilMs: 300 }],
  ])('%s', (_what, state, nowMs, expected) => {
    expect(permit(state, nowMs, policy)).toEqual(expected);
  });

  it.each<[string, BreakerState, BreakerState]>([
    ['counts the first', closed, closedAfter(true)],
    ['counts on', closedAfter(true), closedAfter(true, true)],
    ['opens at the threshold', closedAfter(true, true), openFrom50],
    ['opens when every second call fails', closedAfter(true, false, true, false), openFrom50],
    [
      'forgets what is long ago',
      closedAfter(true, true, false, false, false, false),
      closedAfter(true, false, false, false, false, true),
    ],
    ['opens again when the probe fails', probing, openFrom50],
    ['stays open for as long as it was to be', open, open],
  ])('after a failure %s', (_what, state, expected) => {
    expect(afterOutcome(state, true, 50, policy)).toEqual(expected);
  });

  it.each<[string, BreakerState, BreakerState]>([
    ['stays closed', closedAfter(true, true), closedAfter(true, true, false)],
    ['closes when the probe succeeds', probing, closed],
    ['stays open', open, open],
  ])('after a success %s', (_what, state, expected) => {
    expect(afterOutcome(state, false, 50, policy)).toEqual(expected);
  });

  it('lets exactly one of many callers be the probe', () => {
    const { breaker, enter, fail, at } = breakerAt();
    fail(3);
    expect(breaker.isPassable()).toBe(false);
    at(100);
    expect(breaker.isPassable()).toBe(true);
    const probes = Array.from({ length: 50 }, () => breaker.enter()).filter((passage) => passage !== undefined);
    expect(probes).toHaveLength(1);
    probes[0]?.succeeded();
    enter();
  });

  it('is not closed by the late success of a call from before it opened, while the probe is out', () => {
    const { breaker, enter, fail, at } = breakerAt();
    const late = enter();
    fail(3);
    at(100);
    const probe = enter();
    late.succeeded();
    expect(breaker.isPassable()).toBe(false);
    probe.failed();
    expect(breaker.state).toEqual({ kind: 'open', untilMs: 200 });
  });

  it('is not opened again by the late failure of a call from before it opened', () => {
    const { breaker, enter, fail, at } = breakerAt();
    const late = enter();
    fail(3);
    at(100);
    enter().succeeded();
    late.failed();
    expect(breaker.state).toEqual(closed);
  });
});
