import type { Outcome } from '../../kernel/values/errors.ts';

/** The only place that says which HTTP status an outcome has. */
const STATUS: Readonly<Record<Outcome, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  contended: 409,
  in_progress: 409,
  stale: 412,
  too_large: 413,
  unsupported_media_type: 415,
  unprocessable: 422,
  precondition_required: 428,
  too_many_requests: 429,
  unavailable: 503,
};

export const DEFECT_STATUS = 500;

/** To a reader who has the representation already. */
export const NOT_MODIFIED = 304;

export const statusOf = (outcome: Outcome): number => STATUS[outcome];
