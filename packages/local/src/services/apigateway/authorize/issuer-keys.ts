import type { Clock } from '../../../core/clock.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { Jwks } from '../../../core/ports.ts';

/** API Gateway keeps an issuer's keys for up to two hours ("Control access to HTTP APIs with JWT authorizers"). */
const KEPT_MS = 2 * 60 * 60 * 1000;

/** Tokens that name keys which are not there make it ask no more often than this. */
const ASKED_EVERY_MS = 1_000;

/** Undefined when the issuer cannot be asked and no keys of it are kept. */
export type IssuerKeys = (kid: string) => readonly JsonObject[] | undefined;

/**
 * The keys of an issuer as they were published last. It is asked when a token names a key that is not known, and when what is
 * known is too old; while it cannot be asked, what is known serves until then.
 */
export const createIssuerKeys = (clock: Clock, ask: () => Jwks | undefined): IssuerKeys => {
  let known: { readonly keys: readonly JsonObject[]; readonly atMs: number } | undefined;
  let askedAtMs = Number.NEGATIVE_INFINITY;

  const isDue = (nowMs: number, kid: string): boolean => {
    if (known === undefined || nowMs - known.atMs >= KEPT_MS) return true;
    return !known.keys.some((key) => key.kid === kid) && nowMs - askedAtMs >= ASKED_EVERY_MS;
  };

  return (kid) => {
    const nowMs = clock.now();
    if (isDue(nowMs, kid)) {
      askedAtMs = nowMs;
      const answered = ask();
      if (answered === undefined) {
        if (known !== undefined && nowMs - known.atMs >= KEPT_MS) known = undefined;
      } else if (answered.keys.length > 0) known = { keys: answered.keys, atMs: nowMs };
      else return [];
    }
    return known?.keys;
  };
};
