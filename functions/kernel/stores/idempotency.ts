import { type Clock, epochSeconds } from '../ports/clock.ts';
import { type Refusal, Refused } from '../values/errors.ts';
import { isObject, type Json, type JsonObject } from '../values/json.ts';
import { type Item, isExpired, type Key, type Table, type Write } from './table.ts';

/** An HTTP answer as it is kept for replay. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
}

export interface IdempotentRequest {
  /** Subject of the token; keys of different callers never meet. */
  readonly principal: string;
  readonly method: string;
  readonly path: string;
  readonly key: string;
  /** Hash of the canonical body. */
  readonly fingerprint: string;
  /** How long the function that handles it may still run. */
  readonly remainingMs: () => number;
}

/** Published: a key is remembered for a day at least. */
const KEPT_SECONDS = 25 * 60 * 60;

/** A claim outlives its function by this much: until then the function may still commit. */
const CLAIM_MARGIN_MS = 1_000;

const reused: Refusal = {
  outcome: 'unprocessable',
  code: 'idempotency-key-reused',
  detail: 'This Idempotency-Key was used with another request.',
};

/** Also what a refused idempotency write means: another request took the claim over. */
export const requestInProgress: Refusal = {
  outcome: 'in_progress',
  code: 'request-in-progress',
  detail: 'A request with this Idempotency-Key is still being worked on.',
  retryAfterSeconds: 1,
};

const keyOf = ({ principal, method, path, key }: IdempotentRequest): Key => ({
  pk: `IDEMPOTENCY#${principal}#${method} ${path}#${key}`,
  sk: 'REQUEST',
});

const isAnswer = (value: unknown): value is StoredAnswer & JsonObject =>
  isObject(value) && typeof value.status === 'number';

/** The kept answer of a finished request; undefined when the row is none, free again, or gone. */
const answerIn = (
  row: Item | undefined,
  { fingerprint }: IdempotentRequest,
  nowSeconds: number,
): StoredAnswer | undefined => {
  if (row === undefined || isExpired(row, nowSeconds)) return undefined;
  if (row.fingerprint !== fingerprint) throw new Refused(reused);
  return isAnswer(row.answer) ? row.answer : undefined;
};

/**
 * Runs a request once per (principal, method, path, key). A claim comes first, so that a second request meanwhile is
 * refused; `run` must commit the write it is given together with its effect, which turns the claim into the kept answer.
 * When `run` fails the claim is freed, unless the commit did happen and only its reply was lost: then that answer stands.
 * Throws Refused `idempotency-key-reused` (422) and `request-in-progress` (409).
 */
export const idempotent = async (
  { table, clock }: { readonly table: Table; readonly clock: Clock },
  request: IdempotentRequest,
  run: (idempotencyWrite: (answer: StoredAnswer) => Write) => Promise<StoredAnswer>,
): Promise<StoredAnswer> => {
  const key = keyOf(request);
  const claimedAt = clock.now();
  const row = { ...key, kind: 'idempotency', fingerprint: request.fingerprint };
  const kept = async (): Promise<StoredAnswer | undefined> =>
    answerIn(await table.get(key, { consistent: true }), request, epochSeconds(clock.now()));

  const claimEnd = Math.ceil((claimedAt + request.remainingMs() + CLAIM_MARGIN_MS) / 1000);
  const claim: Item = { ...row, version: claimedAt, expiresAt: claimEnd };
  const claimed = await table.commit([{ kind: 'insert', item: claim, overExpiredBefore: epochSeconds(claimedAt) }]);
  if (claimed.kind === 'refused') {
    const answer = await kept();
    if (answer === undefined) throw new Refused(requestInProgress);
    return answer;
  }

  const finish = (answer: StoredAnswer): Write => ({
    kind: 'put',
    item: {
      ...row,
      version: claimedAt + 1,
      answer: { ...answer, headers: { ...answer.headers } },
      expiresAt: epochSeconds(clock.now()) + KEPT_SECONDS,
    },
    expectedVersion: claimedAt,
  });
  try {
    return await run(finish);
  } catch (thrown) {
    const free: Item = { ...row, version: claimedAt + 1, expiresAt: epochSeconds(clock.now()) };
    const freed = await table.commit([{ kind: 'put', item: free, expectedVersion: claimedAt }]).catch(() => undefined);
    const answer = freed?.kind === 'refused' ? await kept() : undefined;
    if (answer === undefined) throw thrown;
    return answer;
  }
};
