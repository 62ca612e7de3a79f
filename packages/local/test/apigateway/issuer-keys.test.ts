import { generateKeyPairSync, sign } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { manualClock } from '../../src/core/clock.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { Jwks } from '../../src/core/ports.ts';
import { createJwtVerifier } from '../../src/services/apigateway/authorize/jwt-verifier.ts';

const ISSUER = 'https://issuer.example.com';
const STARTED_AT_MS = Date.UTC(2026, 10, 1, 12);
const HOUR_MS = 3_600_000;

const keyNamed = (kid: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk: JsonObject = JSON.parse(JSON.stringify({ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig' }));
  return { kid, privateKey, jwk };
};

const [first, second] = [keyNamed('first'), keyNamed('second')];

let clock: ReturnType<typeof manualClock>;
let published: Jwks | undefined;
let asked: number;
let verify: ReturnType<typeof createJwtVerifier>;

beforeEach(() => {
  clock = manualClock(STARTED_AT_MS);
  published = { keys: [first.jwk] };
  asked = 0;
  verify = createJwtVerifier({ issuer: ISSUER, audience: ['shop'] }, clock, () => {
    asked += 1;
    return published;
  });
});

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Another one each time, so that none is remembered. */
let made = 0;
const tokenOf = ({ kid, privateKey }: typeof first, named = kid): string => {
  made += 1;
  const nowSeconds = Math.floor(clock.now() / 1000);
  const claims = { iss: ISSUER, aud: 'shop', iat: nowSeconds, exp: nowSeconds + 86_400, jti: made };
  const input = `${encode({ alg: 'RS256', kid: named })}.${encode(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
};

const isLetIn = (token: string): boolean => 'token' in verify(token);

describe('the keys of an issuer', () => {
  it('are exchanged without a valid token being refused: both are good while both are published', () => {
    expect(isLetIn(tokenOf(first))).toBe(true);
    clock.set(clock.now() + 60_000);
    published = { keys: [first.jwk, second.jwk] };
    expect([isLetIn(tokenOf(second)), isLetIn(tokenOf(first))]).toEqual([true, true]);
    published = { keys: [second.jwk] };
    clock.set(clock.now() + 2 * HOUR_MS);
    expect([isLetIn(tokenOf(second)), isLetIn(tokenOf(first))]).toEqual([true, false]);
  });

  it('serve for two hours while the issuer cannot be asked, and no longer', () => {
    expect(isLetIn(tokenOf(first))).toBe(true);
    published = undefined;
    clock.set(clock.now() + 2 * HOUR_MS - 1);
    expect(isLetIn(tokenOf(first))).toBe(true);
    clock.set(clock.now() + 1);
    expect(isLetIn(tokenOf(first))).toBe(false);
    published = { keys: [first.jwk] };
    expect(isLetIn(tokenOf(first))).toBe(true);
  });

  it('are not asked for again and again by tokens that name keys which are not there', () => {
    expect(isLetIn(tokenOf(first))).toBe(true);
    for (let attempt = 0; attempt < 1_000; attempt += 1)
      expect(isLetIn(tokenOf(first, `made-up-${attempt}`))).toBe(false);
    expect(asked).toBe(1);
    clock.set(clock.now() + 1_000);
    for (let attempt = 0; attempt < 1_000; attempt += 1)
      expect(isLetIn(tokenOf(first, `made-up-${attempt}`))).toBe(false);
    expect(asked).toBe(2);
    expect(isLetIn(tokenOf(first))).toBe(true);
  });
});
