import { createHash, createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { JsonObject } from '../../../core/json.ts';

export interface SigningKey {
  readonly privateKey: KeyObject;
  readonly kid: string;
  /** The public half as a pool's `jwks.json` shows it. */
  readonly jwk: JsonObject;
  /** The public half as SPKI PEM: what an attacker would try as an HMAC secret. */
  readonly publicPem: string;
}

/** A user pool's RSA key, made when first needed since that costs about 100 ms. */
export interface KeyHolder {
  get(): Promise<SigningKey>;
  /** The key if there already is one: without one no token can have been signed. */
  peek(): SigningKey | undefined;
}

const generate = promisify(generateKeyPair);

const fromPrivate = (privateKey: KeyObject): SigningKey => {
  const publicKey = createPublicKey(privateKey);
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const kid = createHash('sha256').update(n).digest('base64');
  return {
    privateKey,
    kid,
    jwk: { alg: 'RS256', e, kid, kty: 'RSA', n, use: 'sig' },
    publicPem: publicKey.export({ format: 'pem', type: 'spki' }).toString(),
  };
};

const readKey = (file: string): SigningKey | undefined => {
  try {
    return fromPrivate(createPrivateKey(readFileSync(file)));
  } catch {
    // Missing or damaged: a new one replaces it, and tokens of the old one stop being valid.
    return undefined;
  }
};

/** With a folder the key survives the session, so that tokens and kept data do too. */
export const createKeyHolder = (poolId: string, keepFolder: string | undefined): KeyHolder => {
  const folder = keepFolder === undefined ? undefined : join(keepFolder, 'cognito');
  const file = folder === undefined ? undefined : join(folder, `${poolId}.pem`);
  let key = file === undefined ? undefined : readKey(file);
  let making: Promise<SigningKey> | undefined;

  const make = async (): Promise<SigningKey> => {
    const { privateKey } = await generate('rsa', { modulusLength: 2048 });
    key = fromPrivate(privateKey);
    if (folder !== undefined && file !== undefined) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
    }
    return key;
  };
  return {
    get: () => {
      if (key) return Promise.resolve(key);
      making ??= make();
      return making;
    },
    peek: () => key,
  };
};
