import { type Clock, epochSeconds } from '../ports/clock.ts';
import type { Random } from '../ports/runtime.ts';
import { type Refusal, Refused } from '../values/errors.ts';
import { isObject, type Json, type JsonObject } from '../values/json.ts';
import { type Item, isExpired, type Key, type Table, type Write } from './table.ts';

/** An HTTP answer as it is kept for replay. */
export interface StoredAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Json;
}

export interface IdempotencyTools {
  readonly table: Table;
  readonly clock: Clock;
  readonly random: Random;
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

/** Of a row that is no claim: its answer is kept, or its key is free again. A claim has a number of its own above it. */
const SETTLED = 0;

/** By chance and not by time, so that no two functions ever hold the same claim. */
const claimNumber = (random: Random): number => 1 + Math.floor(random() * (Number.MAX_SAFE_INTEGER - 1));

/** The body as text: a table keeps no order of members, and a replay gives the same bytes. */
const toStored = ({ status, headers, body }: StoredAnswer): JsonObject => ({
  status,
  headers: { ...headers },
  ...(body !== undefined && { text: JSON.stringify(body) }),
});

/** Also of rows that hold the body as it is, as they were written until November 2026. */
const fromStored = (stored: Json | undefined): StoredAnswer | undefined => {
  if (!isAnswer(stored)) return undefined;
  const { text, ...answer } = stored;
  return typeof text === 'string' ? { ...answer, body: JSON.parse(text) } : answer;
};

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
  return fromStored(row.answer);
};

/** What lies under the key once it was to be claimed: the claim itself also when only the reply was lost. */
const rowAfterClaim = async (table: Table, key: Key, claim: Item, nowSeconds: number): Promise<Item | undefined> => {
  const read = () => table.get(key, { consistent: true });
  try {
    const { kind } = await table.commit([{ kind: 'insert', item: claim, overExpiredBefore: nowSeconds }]);
    return kind === 'committed' ? claim : await read();
  } catch (thrown) {
    const found = await read().catch(() => undefined);
    if (found?.version !== claim.version) throw thrown;
    return found;
  }
};

/**
 * Runs a request once per (principal, method, path, key). A claim comes first, so that a second request meanwhile is
 * refused; `run` must commit the write it is given together with its effect, which turns the claim into the kept answer.
 * When `run` fails the claim is freed, unless the commit did happen and only its reply was lost: then that answer stands.
 * Throws Refused `idempotency-key-reused` (422) and `request-in-progress` (409).
 */
export const idempotent = async (
  { table, clock, random }: IdempotencyTools,
  request: IdempotentRequest,
  run: (idempotencyWrite: (answer: StoredAnswer) => Write) => Promise<StoredAnswer>,
): Promise<StoredAnswer> => {
  const key = keyOf(request);
  const nowMs = clock.now();
  const row = { ...key, kind: 'idempotency', fingerprint: request.fingerprint };
  const expiresAt = Math.ceil((nowMs + request.remainingMs() + CLAIM_MARGIN_MS) / 1000);
  const claim = { ...row, version: claimNumber(random), expiresAt };
  const found = await rowAfterClaim(table, key, claim, epochSeconds(nowMs));
  if (found?.version !== claim.version) {
    const answer = answerIn(found, request, epochSeconds(clock.now()));
    if (answer === undefined) throw new Refused(requestInProgress);
    return answer;
  }

  const settle = (more: JsonObject): Write => ({
    kind: 'put',
    item: { ...row, version: SETTLED, ...more },
    expectedVersion: claim.version,
  });
  try {
    return await run((answer) =>
      settle({ answer: toStored(answer), expiresAt: epochSeconds(clock.now()) + KEPT_SECONDS }),
    );
  } catch (thrown) {
    const freed = await table.commit([settle({ expiresAt: epochSeconds(clock.now()) })]).catch(() => undefined);
    if (freed?.kind !== 'refused') throw thrown;
    const answer = answerIn(await table.get(key, { consistent: true }), request, epochSeconds(clock.now()));
    if (answer === undefined) throw thrown;
    return answer;
  }
};
