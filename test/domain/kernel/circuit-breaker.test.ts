import { describe, expect, it } from '@jest/globals';
import {
  afterFailure,
  afterSuccess,
  type BreakerState,
  closed,
  createCircuitBreaker,
  permit,
} from '../../../functions/kernel/calls/circuit-breaker.ts';

const policy = { threshold: 3, openMs: 100 };
const failing = (failures: number): BreakerState => ({ kind: 'closed', failures });
const open: BreakerState = { kind: 'open', untilMs: 100 };
const probing: BreakerState = { kind: 'half-open', untilMs: 200 };

describe('a circuit breaker', () => {
  it.each<[string, BreakerState, number, BreakerState | undefined]>([
    ['closed lets through', closed, 0, closed],
    ['closed with failures lets through', failing(2), 0, failing(2)],
    ['open lets nothing through', open, 99, undefined],
    ['open becomes half-open in time', open, 100, probing],
    ['half-open lets no second probe through', probing, 199, undefined],
    ['half-open gives a lost probe up', probing, 200, { kind: 'half-open', untilMs: 300 }],
  ])('%s', (_what, state, nowMs, expected) => {
    expect(permit(state, nowMs, policy)).toEqual(expected);
  });

  it.each<[string, BreakerState, BreakerState]>([
    ['counts the first', closed, failing(1)],
    ['counts on', failing(1), failing(2)],
    ['opens at the threshold', failing(2), { kind: 'open', untilMs: 150 }],
    ['opens again when the probe fails', probing, { kind: 'open', untilMs: 150 }],
    ['stays open for as long as it was to be', open, open],
  ])('after a failure %s', (_what, state, expected) => {
    expect(afterFailure(state, 50, policy)).toEqual(expected);
  });

  it.each<[string, BreakerState, BreakerState]>([
    ['forgets failures', failing(2), closed],
    ['closes when the probe succeeds', probing, closed],
    ['stays open when a straggler succeeds', open, open],
  ])('after a success %s', (_what, state, expected) => {
    expect(afterSuccess(state)).toEqual(expected);
  });

  it('lets exactly one of many callers be the probe', () => {
    let nowMs = 0;
    const breaker = createCircuitBreaker({ now: () => nowMs }, policy);
    for (let failure = 0; failure < 3; failure += 1) {
      expect(breaker.enter()).toBe(true);
      breaker.failed();
    }
    expect(breaker.isPassable()).toBe(false);
    nowMs = 100;
    expect(breaker.isPassable()).toBe(true);
    expect(Array.from({ length: 50 }, () => breaker.enter()).filter(Boolean)).toHaveLength(1);
    breaker.succeeded();
    expect(breaker.enter()).toBe(true);
  });
});
