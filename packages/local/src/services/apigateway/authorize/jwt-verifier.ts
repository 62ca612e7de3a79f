import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { Clock } from '../../../core/clock.ts';
import { isObject, type JsonObject } from '../../../core/json.ts';
import type { Jwks } from '../../../core/ports.ts';
import { createIssuerKeys } from './issuer-keys.ts';
import { renderClaims } from './rendered-claims.ts';

interface VerifiedToken {
  readonly claims: JsonObject;
  /** Claims as JSON text, every value a string, as the event carries them. */
  readonly claimsJson: string;
  readonly scopes: ReadonlySet<string>;
  readonly expiresAtMs: number;
}

export type Verdict = { readonly token: VerifiedToken } | { readonly refusal: string };

interface JwtRules {
  readonly issuer: string;
  readonly audience: readonly string[];
}

const DIGESTS: Readonly<Record<string, string>> = { RS256: 'sha256', RS384: 'sha384', RS512: 'sha512' };
const BASE64URL = /^[A-Za-z0-9_-]+$/;
/** Verified tokens kept until they expire: a signature check costs about 30 µs. */
const MAX_KEPT = 5_000;

const decodeObject = (segment: string): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const keyFor = (keys: readonly JsonObject[], kid: string, algorithm: string): KeyObject | undefined => {
  const jwk = keys.find((key) => key.kid === kid && key.kty === 'RSA');
  if (!jwk || (jwk.alg !== undefined && jwk.alg !== algorithm)) return undefined;
  if (jwk.use !== undefined && jwk.use !== 'sig') return undefined;
  return createPublicKey({ key: { ...jwk }, format: 'jwk' });
};

const isAudienceOf = (claims: JsonObject, audience: readonly string[]): boolean => {
  const { aud } = claims;
  if (aud === undefined) return typeof claims.client_id === 'string' && audience.includes(claims.client_id);
  return (Array.isArray(aud) ? aud : [aud]).some((one) => typeof one === 'string' && audience.includes(one));
};

const refuseClaims = (claims: JsonObject, rules: JwtRules, nowMs: number): string | undefined => {
  const { exp, nbf, iat } = claims;
  if (claims.iss !== rules.issuer) return 'the token does not have a valid issuer';
  if (typeof exp !== 'number') return 'the token has no valid expiry';
  if (exp * 1000 <= nowMs) return 'the token has expired';
  if (typeof iat !== 'number') return 'the token has no valid issue time';
  if (iat * 1000 > nowMs) return 'the token was issued in the future';
  if (nbf !== undefined && (typeof nbf !== 'number' || nbf * 1000 > nowMs)) return 'the token is not valid yet';
  if (!isAudienceOf(claims, rules.audience)) return 'the token does not have a valid audience';
  return undefined;
};

const scopesOf = ({ scope, scp }: JsonObject): ReadonlySet<string> => {
  const granted = scope ?? scp;
  if (Array.isArray(granted)) return new Set(granted.map(String));
  return new Set(typeof granted === 'string' ? granted.split(' ').filter((name) => name !== '') : []);
};

/**
 * The JWT authorizer's check (API Gateway developer guide, "Control access to HTTP APIs with JWT authorizers"): RSA
 * signatures only, `kid` required and known, then `iss`, `exp`, `iat`, `nbf`, `aud` (or `client_id` when there is no `aud`).
 * Keys come from the issuer alone, never from the token's `jwk`, `jku` or `x5u`.
 */
export const createJwtVerifier = (
  rules: JwtRules,
  clock: Clock,
  keysOf: (issuer: string) => Jwks | undefined,
): ((token: string) => Verdict) => {
  const issuerKeys = createIssuerKeys(clock, () => keysOf(rules.issuer));
  const kept = new Map<string, Verdict & { readonly token: VerifiedToken }>();

  const refuseSignature = (segments: readonly string[]): string | undefined => {
    const [head = '', payload = '', signature = ''] = segments;
    if (segments.length !== 3 || !segments.every((segment) => BASE64URL.test(segment))) return 'the token is malformed';
    const header = decodeObject(head);
    if (!header) return 'the token is malformed';
    const algorithm = typeof header.alg === 'string' ? header.alg : '';
    const digest = Object.hasOwn(DIGESTS, algorithm) ? DIGESTS[algorithm] : undefined;
    if (digest === undefined) return 'the token is signed with an algorithm that is not supported';
    if (header.crit !== undefined) return 'the token has critical header parameters that are not supported';
    if (typeof header.kid !== 'string') return 'the token does not name its key';
    const keys = issuerKeys(header.kid);
    if (!keys) return 'OIDC discovery endpoint communication error';
    const key = keyFor(keys, header.kid, algorithm);
    if (!key) return 'unable to find a signing key that matches the token';
    const signed = verify(digest, Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url'));
    return signed ? undefined : 'the token signature is invalid';
  };

  const examine = (token: string): Verdict => {
    const segments = token.split('.');
    const badSignature = refuseSignature(segments);
    if (badSignature !== undefined) return { refusal: badSignature };
    const claims = decodeObject(segments[1] ?? '');
    if (!claims) return { refusal: 'the token is malformed' };
    const badClaims = refuseClaims(claims, rules, clock.now());
    if (badClaims !== undefined) return { refusal: badClaims };
    const claimsJson = JSON.stringify(renderClaims(claims));
    return { token: { claims, claimsJson, scopes: scopesOf(claims), expiresAtMs: Number(claims.exp) * 1000 } };
  };

  return (token) => {
    const before = kept.get(token);
    if (before && before.token.expiresAtMs > clock.now()) return before;
    const verdict = examine(token);
    if ('token' in verdict) {
      if (kept.size >= MAX_KEPT) kept.clear();
      kept.set(token, verdict);
    } else kept.delete(token);
    return verdict;
  };
};
