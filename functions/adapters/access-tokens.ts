import { createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import type { Clock } from '../kernel/ports/clock.ts';
import { isObject, type JsonObject } from '../kernel/values/json.ts';
import { loadOnce } from '../kernel/values/load-once.ts';
import type { VerifyToken } from '../kernel/values/principal.ts';
import { unavailable } from './aws/aws-failure.ts';
import { createAwsJson, endpointOf } from './aws/aws-json.ts';
import { get } from './node/http-post.ts';

/** Who issues the tokens of this system's people, and to which client. */
interface Identity {
  readonly issuer: string;
  readonly clientId: string;
}

const TIMEOUT_MS = 2_000;
const SEGMENT = /^[\w-]+$/;
const OK = 200;

/** The gateway let the token pass a moment ago; it may have ended since. */
const LEEWAY_SECONDS = 60;

/** As much as clocks may differ for a signature to be taken. */
const SKEW_SECONDS = 300;

/** Keys are asked for when a token names one that is not known, but no more often than this. */
const ASKED_EVERY_MS = 10_000;

const readIdentity = async (parameter: string): Promise<Identity> => {
  const send = createAwsJson('ssm', TIMEOUT_MS);
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonSSM.GetParameter' };
  const { Parameter } = await send('/', { Name: parameter }, headers);
  const [issuer, clientId] = isObject(Parameter) ? String(Parameter.Value).split(',') : [];
  if (!issuer || !clientId) throw new Error(`the parameter ${parameter} names no issuer and client`);
  return { issuer, clientId };
};

const readKeys = async ({ issuer }: Identity): Promise<ReadonlyMap<string, KeyObject>> => {
  const url = `${endpointOf('cognito-idp')}/${issuer.slice(issuer.lastIndexOf('/') + 1)}/.well-known/jwks.json`;
  const { status, body } = await get(url, TIMEOUT_MS);
  if (status !== OK) throw new Error(`the token issuer answers ${status}`);
  const { keys }: { readonly keys: readonly JsonWebKey[] } = JSON.parse(body);
  const rsa = keys.filter(({ kty }) => kty === 'RSA');
  return new Map(rsa.map((key) => [String(key.kid), createPublicKey({ key, format: 'jwk' })]));
};

const decoded = (segment: string): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'));
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

const isGood = (claims: JsonObject, { issuer, clientId }: Identity, nowSeconds: number): boolean => {
  const { iss, client_id: client, token_use: use, exp, iat } = claims;
  if (iss !== issuer || client !== clientId || use !== 'access') return false;
  if (typeof exp !== 'number' || exp + LEEWAY_SECONDS <= nowSeconds) return false;
  return typeof iat === 'number' && iat - SKEW_SECONDS <= nowSeconds;
};

/**
 * Verifies access tokens that come with the questions of other services: RS256 with a key of the issuer, which alone says
 * what its keys are, then issuer, client, kind and times. `parameter` holds `<issuer>,<client id>`. Throws Refused
 * `unavailable` when the issuer cannot be asked and no key is known.
 */
export const createTokenVerifier = (parameter: string, { now }: Clock): VerifyToken => {
  const identity = loadOnce(() => readIdentity(parameter));
  const people = () => identity().catch((thrown: unknown) => Promise.reject(unavailable('parameter store', thrown)));
  let keys: ReadonlyMap<string, KeyObject> = new Map();
  let askedAtMs = Number.NEGATIVE_INFINITY;

  /** Keys that are known serve while the issuer cannot be asked for others. */
  const keyNamed = async (kid: string): Promise<KeyObject | undefined> => {
    if (!keys.has(kid) && now() - askedAtMs >= ASKED_EVERY_MS) {
      try {
        keys = await readKeys(await people());
        askedAtMs = now();
      } catch (thrown) {
        if (keys.size === 0) throw unavailable('token issuer', thrown);
        askedAtMs = now();
      }
    }
    return keys.get(kid);
  };

  return async (token) => {
    const segments = token.split('.');
    const [head = '', payload = '', signature = ''] = segments;
    if (segments.length !== 3 || !segments.every((segment) => SEGMENT.test(segment))) return undefined;
    const header = decoded(head);
    const claims = decoded(payload);
    if (header?.alg !== 'RS256' || header.crit !== undefined || typeof header.kid !== 'string') return undefined;
    if (claims === undefined || !isGood(claims, await people(), Math.floor(now() / 1000))) return undefined;
    const key = await keyNamed(header.kid);
    const signed = Buffer.from(`${head}.${payload}`);
    return key && verify('sha256', signed, key, Buffer.from(signature, 'base64url')) ? claims : undefined;
  };
};
