import { createHmac, sign } from 'node:crypto';
import type { JsonObject } from '../../../core/json.ts';
import type { SigningKey } from './signing-key.ts';

const encode = (value: JsonObject) => Buffer.from(JSON.stringify(value)).toString('base64url');

/**
 * Compact JWS (RFC 7515). `RS…` is signed with the pool's key, `HS…` with its public key as the secret (the algorithm
 * confusion of RFC 8725 §2.1); any other `alg` leaves the signature empty. Only the first is valid anywhere.
 */
export const compactJws = (header: JsonObject, claims: JsonObject, key: SigningKey): string => {
  const signingInput = `${encode(header)}.${encode(claims)}`;
  const [, family, bits] = /^(RS|HS)(256|384|512)$/.exec(String(header.alg)) ?? [];
  if (family === 'RS') {
    return `${signingInput}.${sign(`sha${bits}`, Buffer.from(signingInput), key.privateKey).toString('base64url')}`;
  }
  if (family === 'HS') {
    return `${signingInput}.${createHmac(`sha${bits}`, key.publicPem).update(signingInput).digest('base64url')}`;
  }
  return `${signingInput}.`;
};
