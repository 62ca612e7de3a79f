import type { RouteContract } from '../../kernel/messages/contract.ts';
import { type Refusal, Refused } from '../../kernel/values/errors.ts';
import { versionOfEtag } from '../../kernel/values/etag.ts';

const VISIBLE_ASCII = /^[\x21-\x7e]{1,255}$/;

const idempotencyKeyMissing: Refusal = {
  outcome: 'invalid',
  code: 'idempotency-key-missing',
  detail: 'An Idempotency-Key of 1 to 255 visible ASCII characters is required.',
  fields: [{ pointer: '#/headers/idempotency-key', detail: 'must be 1 to 255 visible ASCII characters' }],
};

const ifMatchMissing: Refusal = {
  outcome: 'precondition_required',
  code: 'if-match-required',
  detail: 'If-Match must name the version that this changes.',
};

const ifMatchStale: Refusal = {
  outcome: 'stale',
  code: 'stale-version',
  detail: 'If-Match does not name a version of this.',
};

export const readIdempotencyKey = (header: string | undefined): string => {
  if (header === undefined || !VISIBLE_ASCII.test(header)) throw new Refused(idempotencyKeyMissing);
  return header;
};

/** A weak or foreign tag never matches (RFC 9110 §13.1.1: strong comparison), and `*` names no version. */
export const readIfMatch = (header: string | undefined, asked: RouteContract['ifMatch']): number | undefined => {
  if (asked === undefined || (asked === 'optional' && header === undefined)) return undefined;
  if (header === undefined || header.trim() === '' || header.trim() === '*') throw new Refused(ifMatchMissing);
  const version = versionOfEtag(header);
  if (version === undefined) throw new Refused(ifMatchStale);
  return version;
};
