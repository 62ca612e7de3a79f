import type { InProcessAnswer } from './in-process-http.ts';
import type { Call } from './step-threads.ts';

/** A call that a function makes, to AWS or to anyone else. */
export interface FunctionCall {
  readonly functionName: string;
  readonly request: Call;
}

/** In place of the call this one is sent, if any, and its answer goes back changed: a batch of which a part fails. */
export interface Rewrite {
  readonly request: Call | undefined;
  readonly answerOf: (answer: InProcessAnswer | undefined) => InProcessAnswer;
}

/**
 * What happens to a call. `before` it takes effect, or `after`: the caller is given this answer in place of the one it
 * would get, or none at all, or its environment ends, or everything takes this much longer.
 */
export interface Interception {
  readonly when: 'before' | 'after';
  readonly what: InProcessAnswer | 'silence' | 'kill' | { readonly delayMs: number } | Rewrite;
}

export interface Interceptor {
  /** Asked as each call arrives; undefined lets it be. */
  readonly intercept: (call: FunctionCall) => Interception | undefined;
  /** Receives each call that took effect, with its true answer. */
  readonly onAnswer: (call: FunctionCall, answer: InProcessAnswer) => void;
}

export const NO_INTERCEPTOR: Interceptor = { intercept: () => undefined, onAnswer: () => undefined };
