import type { Clock } from '../ports/clock.ts';
import { never } from '../values/never.ts';

export type BreakerState =
  /** Calls go through; `recent` says of the last outcomes, oldest first, which were failures. */
  | { readonly kind: 'closed'; readonly recent: readonly boolean[] }
  /** Nothing goes through until then. */
  | { readonly kind: 'open'; readonly untilMs: number }
  /** One probe is under way; its outcome decides. An unanswered probe expires at `untilMs`. */
  | { readonly kind: 'half-open'; readonly untilMs: number };

export interface BreakerPolicy {
  /** This many failures among twice as many outcomes open it: all that fail in a row, or every second one. */
  readonly threshold: number;
  /** How long it stays open before a probe may go through. */
  readonly openMs: number;
}

export const closed: BreakerState = { kind: 'closed', recent: [] };

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

/** The state after an outcome of a call that was permitted in this state. */
export const afterOutcome = (
  state: BreakerState,
  hasFailed: boolean,
  nowMs: number,
  { threshold, openMs }: BreakerPolicy,
): BreakerState => {
  const open: BreakerState = { kind: 'open', untilMs: nowMs + openMs };
  switch (state.kind) {
    case 'closed': {
      const recent = [...state.recent, hasFailed].slice(-2 * threshold);
      return recent.filter(Boolean).length >= threshold ? open : { kind: 'closed', recent };
    }
    case 'half-open':
      return hasFailed ? open : closed;
    case 'open':
      return state;
    default:
      return never(state);
  }
};

/** The permission for one call. Exactly one of the two must follow. */
export interface Passage {
  succeeded(): void;
  failed(): void;
}

/** The state machine with its state. It lives as long as the execution environment and is shared with no other. */
export interface CircuitBreaker {
  readonly state: BreakerState;
  /** Whether a call would be let through; changes nothing. */
  isPassable(): boolean;
  /** Undefined when the call must not be made. */
  enter(): Passage | undefined;
}

export const createCircuitBreaker = (clock: Clock, policy: BreakerPolicy): CircuitBreaker => {
  let state: BreakerState = closed;
  /** Raised when it opens, closes or lets a probe through: an outcome of a call from before says nothing of now. */
  let generation = 0;
  const become = (next: BreakerState) => {
    const staysClosed = next.kind === 'closed' && state.kind === 'closed';
    if (next !== state && !staysClosed) generation += 1;
    state = next;
  };
  return {
    get state() {
      return state;
    },
    isPassable: () => permit(state, clock.now(), policy) !== undefined,
    enter: () => {
      const next = permit(state, clock.now(), policy);
      if (next === undefined) return undefined;
      become(next);
      const entered = generation;
      const settle = (hasFailed: boolean) => {
        if (entered === generation) become(afterOutcome(state, hasFailed, clock.now(), policy));
      };
      return { succeeded: () => settle(false), failed: () => settle(true) };
    },
  };
};
