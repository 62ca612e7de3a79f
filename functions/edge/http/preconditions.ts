import type { RouteContract } from '../../kernel/messages/contract.ts';
import { type Refusal, Refused } from '../../kernel/values/errors.ts';
import { versionOfEtag } from '../../kernel/values/etag.ts';
import type { NamedVersions, Precondition } from '../../kernel/values/precondition.ts';
import type { WrittenAnswer } from './answer.ts';
import { comparedTags, nameTag, readTags } from './entity-tags.ts';
import { NOT_MODIFIED } from './status.ts';

type Headers = Readonly<Record<string, string | undefined>>;

/** Visible ASCII without quote and backslash, which would have to be escaped, and without the comma that joins two lines. */
const KEY = /^[\x21\x23-\x2b\x2d-\x5b\x5d-\x7e]{1,255}$/;

const idempotencyKeyMissing: Refusal = {
  outcome: 'invalid',
  code: 'idempotency-key-missing',
  detail: 'One Idempotency-Key of 1 to 255 visible ASCII characters is required, without comma, quote and backslash.',
  fields: [
    {
      pointer: '#/headers/idempotency-key',
      detail: 'must be 1 to 255 visible ASCII characters but comma, quote and backslash',
    },
  ],
};

const ifMatchMissing: Refusal = {
  outcome: 'precondition_required',
  code: 'if-match-required',
  detail: 'If-Match must name the version that this changes.',
};

const unreadable: Refusal = {
  outcome: 'stale',
  code: 'stale-version',
  detail: 'If-Match or If-None-Match holds no list of entity tags.',
};

const without: Refusal = {
  outcome: 'stale',
  code: 'no-versions',
  detail: 'This has no ETag that If-Match or If-None-Match could name.',
};

const stale: Refusal = {
  outcome: 'stale',
  code: 'stale-version',
  detail: 'If-Match does not name the version that is there.',
};

/** With or without the quotes of a structured field (RFC 8941): both are the same key. */
export const readIdempotencyKey = (header = ''): string => {
  const key = /^"(.*)"$/.exec(header)?.[1] ?? header;
  if (!KEY.test(key)) throw new Refused(idempotencyKeyMissing);
  return key;
};

/** A foreign tag names no version. */
const versionsIn = (header: string, comparison: 'strong' | 'weak'): NamedVersions => {
  const tags = readTags(header);
  if (tags === undefined) throw new Refused(unreadable);
  return tags === '*' ? '*' : comparedTags(tags, comparison).flatMap((tag) => versionOfEtag(tag) ?? []);
};

/**
 * What a change is conditional on (RFC 9110 §13.1): If-Match by strong comparison, If-None-Match by weak. What has no ETag
 * is not changed under a condition, rather than in spite of one.
 */
export const readPrecondition = (headers: Headers, asked: RouteContract['ifMatch']): Precondition | undefined => {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers;
  if (asked === undefined && ifMatch === undefined && ifNoneMatch === undefined) return undefined;
  if (asked === undefined) throw new Refused(without);
  if (asked === 'required' && (ifMatch ?? '').trim() === '') throw new Refused(ifMatchMissing);
  return {
    ...(ifMatch !== undefined && { oneOf: versionsIn(ifMatch, 'strong') }),
    ...(ifNoneMatch !== undefined && { noneOf: versionsIn(ifNoneMatch, 'weak') }),
  };
};

/** A caller may keep it, and asks each time whether it is still so. */
const KEPT = { 'cache-control': 'private, no-cache' };

/**
 * What a read answers under the request's conditions: 304 to a caller who has the representation already. One without an
 * ETag is sent whatever the conditions. Throws Refused `stale`.
 */
export const conditionalAnswer = (answer: WrittenAnswer, requested: Headers): WrittenAnswer => {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = requested;
  const { etag } = answer.headers;
  if (etag === undefined) return answer;
  if (ifMatch !== undefined && !nameTag(readTags(ifMatch), etag, 'strong')) throw new Refused(stale);
  const isKnown = ifNoneMatch !== undefined && nameTag(readTags(ifNoneMatch), etag, 'weak');
  const headers = { ...answer.headers, ...KEPT };
  return isKnown ? { status: NOT_MODIFIED, headers } : { ...answer, headers };
};
