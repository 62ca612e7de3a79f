import { isServerError } from '../../kernel/calls/transport.ts';
import { type Refusal, Refused } from '../../kernel/values/errors.ts';
import { DEFECT_STATUS, statusOf } from './status.ts';

/** RFC 9457. `errors` (validation failures) and `correlationId` (our own failures) are extension members. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  /** What to name when asking us about it. */
  readonly correlationId?: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
}

const TYPE_BASE = 'https://archipelago.example/problems/';

const title = (code: string): string => {
  const words = code.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const DEFECT = { code: 'internal-error', detail: 'Something went wrong on our side.' };

const PUBLIC_UNAVAILABLE = 'This cannot be answered right now; try again later.';

const headersOf = (refusal: Refusal): Record<string, string> => ({
  ...(refusal.retryAfterSeconds === undefined && ['unavailable', 'too_many_requests'].includes(refusal.outcome)
    ? { 'retry-after': '1' }
    : {}),
  ...(refusal.retryAfterSeconds === undefined ? {} : { 'retry-after': String(refusal.retryAfterSeconds) }),
  ...(refusal.allow === undefined ? {} : { allow: refusal.allow.join(', ') }),
  ...(refusal.outcome === 'unauthenticated' ? { 'www-authenticate': 'Bearer' } : {}),
});

/**
 * A decoded path as a URI reference again (RFC 3986 §3.3). Without its second slash, since `//x` would name a host.
 */
const uriPath = (path: string): string =>
  encodeURI(path.toWellFormed().replace(/^\/{2,}/, '/'))
    .replaceAll('?', '%3F')
    .replaceAll('#', '%23');

export interface ProblemAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Problem;
}

/** The document for something thrown. Only a Refused below 500 shows its own detail. */
export const problemOf = (thrown: unknown, instance: string, correlationId: string): ProblemAnswer => {
  const refusal = thrown instanceof Refused ? thrown.refusal : undefined;
  const status = refusal === undefined ? DEFECT_STATUS : statusOf(refusal.outcome);
  const { code } = refusal ?? DEFECT;
  const body: Problem = {
    type: `${TYPE_BASE}${code}`,
    title: title(code),
    status,
    detail: refusal === undefined ? DEFECT.detail : isServerError(status) ? PUBLIC_UNAVAILABLE : refusal.detail,
    instance: uriPath(instance),
    ...(isServerError(status) ? { correlationId } : {}),
    ...(refusal?.fields === undefined ? {} : { errors: refusal.fields }),
  };
  const headers = refusal === undefined ? {} : headersOf(refusal);
  return { status, headers: { ...headers, 'content-type': 'application/problem+json' }, body };
};
