import type { Clock } from '../ports/clock.ts';
import { never } from '../values/never.ts';

export type BreakerState =
  /** Calls go through; counts the failures since the last success. */
  | { readonly kind: 'closed'; readonly failures: number }
  /** Nothing goes through until then. */
  | { readonly kind: 'open'; readonly untilMs: number }
  /** One probe is under way; it decides. An unanswered probe expires at `untilMs`. */
  | { readonly kind: 'half-open'; readonly untilMs: number };

export interface BreakerPolicy {
  /** Failures in a row that open it. */
  readonly threshold: number;
  /** How long it stays open before a probe may go through. */
  readonly openMs: number;
}

export const closed: BreakerState = { kind: 'closed', failures: 0 };

const open = (nowMs: number, { openMs }: BreakerPolicy): BreakerState => ({ kind: 'open', untilMs: nowMs + openMs });

/** The state after asking to call; undefined when the call must not be made. */
export const permit = (state: BreakerState, nowMs: number, { openMs }: BreakerPolicy): BreakerState | undefined => {
  switch (state.kind) {
    case 'closed':
      return state;
    case 'open':
    case 'half-open':
      return nowMs >= state.untilMs ? { kind: 'half-open', untilMs: nowMs + openMs } : undefined;
    default:
      return never(state);
  }
};

/** A success that was asked for before the breaker opened does not close it: only the probe does. */
export const afterSuccess = (state: BreakerState): BreakerState => (state.kind === 'open' ? state : closed);

export const afterFailure = (state: BreakerState, nowMs: number, policy: BreakerPolicy): BreakerState => {
  switch (state.kind) {
    case 'closed':
      return state.failures + 1 >= policy.threshold
        ? open(nowMs, policy)
        : { kind: 'closed', failures: state.failures + 1 };
    case 'half-open':
      return open(nowMs, policy);
    case 'open':
      return state;
    default:
      return never(state);
  }
};

/** The state machine with its state. It lives as long as the execution environment and is shared with no other. */
export interface CircuitBreaker {
  readonly state: BreakerState;
  /** Whether a call would be let through; changes nothing. */
  isPassable(): boolean;
  /** Takes the permission to call: when it is true, `succeeded` or `failed` must follow. */
  enter(): boolean;
  succeeded(): void;
  failed(): void;
}

export const createCircuitBreaker = (clock: Clock, policy: BreakerPolicy): CircuitBreaker => {
  let state: BreakerState = closed;
  return {
    get state() {
      return state;
    },
    isPassable: () => permit(state, clock.now(), policy) !== undefined,
    enter: () => {
      const next = permit(state, clock.now(), policy);
      state = next ?? state;
      return next !== undefined;
    },
    succeeded: () => {
      state = afterSuccess(state);
    },
    failed: () => {
      state = afterFailure(state, clock.now(), policy);
    },
  };
};
