import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CompactSign } from 'jose';
import { apis } from '../../lib/stacks/apis.ts';
import type { Identity } from '../e2e/system.ts';

export interface Pool {
  readonly issuer: string;
  readonly clientId: string;
}

const ALL_SCOPES = apis.flatMap(({ service }) => [`${service}/read`, `${service}/write`]).join(' ');

const nowSeconds = () => Math.floor(Date.now() / 1000);

const encoded = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The pool makes its keys when it is first asked for the public ones. */
const keyOf = async (
  endpoint: string,
  stateFolder: string,
  poolId: string,
): Promise<{ key: KeyObject; kid: string }> => {
  const response = await fetch(`${endpoint}/${poolId}/.well-known/jwks.json`);
  const { keys }: { keys: readonly { kid: string }[] } = JSON.parse(await response.text());
  const pem = await readFile(join(stateFolder, 'cognito-pool-keys', `${poolId}-access.pem`));
  const key = createPrivateKey(pem);
  const modulus = key.export({ format: 'jwk' }).n;
  const match = keys.find((each) => 'n' in each && each.n === modulus);
  if (match === undefined) throw new Error(`pool ${poolId} does not publish the key that it signs access tokens with`);
  return { key, kid: match.kid };
};

/**
 * Access tokens as the deployed pool signs them. Cognito chooses subjects itself and issues nothing that is expired or
 * forged, so that the cases' tokens are made with the pool's own key, which the emulator keeps in its state folder.
 */
export const poolTokens = async (
  endpoint: string,
  stateFolder: string,
  { issuer, clientId }: Pool,
): Promise<(identity: Identity) => Promise<string>> => {
  const { key, kid } = await keyOf(endpoint, stateFolder, issuer.slice(issuer.lastIndexOf('/') + 1));
  return async ({ sub, scope = ALL_SCOPES, groups, expiresInSeconds = 3600, claims, header }) => {
    const payload = {
      sub,
      iss: issuer,
      client_id: clientId,
      token_use: 'access',
      scope,
      iat: nowSeconds() + Math.min(0, expiresInSeconds),
      exp: nowSeconds() + expiresInSeconds,
      ...(groups === undefined ? {} : { 'cognito:groups': groups }),
      ...claims,
    };
    if (header?.alg === 'none') return `${encoded({ kid, ...header })}.${encoded(payload)}.`;
    return new CompactSign(Buffer.from(JSON.stringify(payload)))
      .setProtectedHeader({ alg: 'RS256', kid, ...header })
      .sign(key);
  };
};
