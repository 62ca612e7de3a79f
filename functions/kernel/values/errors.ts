/** The closed set of ways in which a request can be turned down. functions/edge/http/status.ts alone maps it to HTTP. */
export type Outcome =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'contended'
  | 'in_progress'
  | 'stale'
  | 'too_large'
  | 'unsupported_media_type'
  | 'unprocessable'
  | 'precondition_required'
  | 'too_many_requests'
  | 'unavailable';

/** `pointer` is an RFC 6901 JSON pointer into the body, or `#/query/limit`, `#/headers/idempotency-key`. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

export interface Refusal {
  readonly outcome: Outcome;
  /** Stable kebab-case name; the last segment of the problem's `type`. */
  readonly code: string;
  /** A sentence for the caller. Never holds another party's data or an internal name. */
  readonly detail: string;
  readonly fields?: readonly FieldError[];
  readonly retryAfterSeconds?: number;
  /** The methods a 405 allows. */
  readonly allow?: readonly string[];
}

/** A refusal on its way to the edge. Anything else thrown is a defect and answers 500 without its message. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal, options?: ErrorOptions) {
    super(refusal.detail, options);
    this.name = 'Refused';
    this.refusal = refusal;
  }
}

/** Others kept being faster. A caller tries again; a consumer's message comes back. */
export const contended: Refusal = {
  outcome: 'contended',
  code: 'contended',
  detail: 'Others are changing this at the same time; try again.',
  retryAfterSeconds: 1,
};

export const notFound = (what: string): Refusal => ({
  outcome: 'not_found',
  code: 'not-found',
  detail: `There is no such ${what}.`,
});
