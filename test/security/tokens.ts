import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { JsonObject } from '../../functions/kernel/values/json.ts';
import { clientOf } from '../e2e/client.ts';
import type { Identity, RunningHere } from '../e2e/system.ts';

/** What forged tokens are made of. */
interface Forge {
  /** A token that the pool signs, with what differs from a good one. */
  readonly issue: (differing?: Partial<Identity>) => Promise<string>;
  /** Signs with a key of the forger's. */
  readonly signAs: (header: JsonObject, claims: JsonObject) => string;
  readonly foreignJwk: JsonObject;
  readonly kid: string;
  readonly issuer: string;
  readonly clientId: string;
  /** By the system's clock. */
  readonly nowSeconds: number;
}

export interface TokenVector {
  readonly name: string;
  /** Where it is not 401. */
  readonly status?: 200 | 403;
  readonly forge: (forge: Forge) => Promise<string> | string;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const decode = (segment: string | undefined): JsonObject =>
  JSON.parse(Buffer.from(segment ?? '', 'base64url').toString('utf8'));

const claimsOf = (token: string): JsonObject => decode(token.split('.')[1]);

const hs256 = (header: JsonObject, claims: JsonObject, secret: string): string => {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
};

const SIGNATURES: readonly TokenVector[] = [
  { name: 'alg none', forge: ({ issue }) => issue({ header: { alg: 'none' } }) },
  { name: 'alg NONE', forge: ({ issue }) => issue({ header: { alg: 'NONE' } }) },
  {
    name: 'alg none with the signature of another token',
    forge: async ({ issue }) => `${await issue({ header: { alg: 'none' } })}${(await issue()).split('.')[2]}`,
  },
  { name: 'HS256 with the public key as secret', forge: ({ issue }) => issue({ header: { alg: 'HS256' } }) },
  {
    name: 'HS256 with an empty secret',
    forge: async ({ issue, kid }) => hs256({ alg: 'HS256', kid }, claimsOf(await issue()), ''),
  },
  { name: 'RS512 by a key that is for RS256', forge: ({ issue }) => issue({ header: { alg: 'RS512' } }) },
  { name: 'an alg that every object has', forge: ({ issue }) => issue({ header: { alg: 'constructor' } }) },
  { name: 'an alg that is a list', forge: ({ issue }) => issue({ header: { alg: ['RS256'] } }) },
  { name: 'no kid', forge: ({ issue }) => issue({ header: { kid: null } }) },
  { name: 'an unknown kid', forge: ({ issue }) => issue({ header: { kid: 'another' } }) },
  { name: 'a kid that is a path: ../../x', forge: ({ issue }) => issue({ header: { kid: '../../x' } }) },
  { name: 'a kid that is a list', forge: ({ issue, kid }) => issue({ header: { kid: [kid] } }) },
  {
    name: "the pool's kid and a foreign signature",
    forge: async ({ issue, signAs, kid }) => signAs({ alg: 'RS256', kid }, claimsOf(await issue())),
  },
  {
    name: 'a foreign key in jwk',
    forge: async ({ issue, signAs, foreignJwk }) =>
      signAs({ alg: 'RS256', kid: 'mine', jwk: { ...foreignJwk, kid: 'mine' } }, claimsOf(await issue())),
  },
  {
    name: 'a foreign key set in jku',
    forge: async ({ issue, signAs }) =>
      signAs({ alg: 'RS256', kid: 'mine', jku: 'http://127.0.0.1:9/jwks' }, claimsOf(await issue())),
  },
  {
    name: 'a foreign certificate in x5u',
    forge: async ({ issue, signAs }) =>
      signAs({ alg: 'RS256', kid: 'mine', x5u: 'http://127.0.0.1:9/x' }, claimsOf(await issue())),
  },
  { name: 'a critical header parameter', forge: ({ issue }) => issue({ header: { crit: ['exp'] } }) },
  { name: 'an empty signature', forge: async ({ issue }) => `${(await issue()).split('.').slice(0, 2).join('.')}.` },
  { name: 'no signature', forge: async ({ issue }) => (await issue()).split('.').slice(0, 2).join('.') },
  { name: 'a signature with a character more', forge: async ({ issue }) => `${await issue()}=` },
  { name: 'four segments', forge: async ({ issue }) => `${await issue()}.x` },
  {
    name: 'a payload that was changed',
    forge: async ({ issue }) => {
      const [header, payload, signature] = (await issue()).split('.');
      return `${header}.${encode({ ...decode(payload), sub: 'someone-else' })}.${signature}`;
    },
  },
  { name: 'no JWT at all', forge: () => 'hello' },
];

const CLAIMS: readonly TokenVector[] = [
  { name: 'a foreign issuer', forge: ({ issue }) => issue({ claims: { iss: 'https://issuer.example.com' } }) },
  { name: 'an issuer with a slash more', forge: ({ issue, issuer }) => issue({ claims: { iss: `${issuer}/` } }) },
  { name: 'no issuer', forge: ({ issue }) => issue({ claims: { iss: null } }) },
  { name: 'a foreign client_id', forge: ({ issue }) => issue({ claims: { client_id: 'other' } }) },
  { name: 'a foreign aud beside the right client_id', forge: ({ issue }) => issue({ claims: { aud: 'other' } }) },
  { name: 'an empty aud beside the right client_id', forge: ({ issue }) => issue({ claims: { aud: [] } }) },
  { name: 'neither aud nor client_id', forge: ({ issue }) => issue({ claims: { client_id: null } }) },
  { name: 'exp in the past', forge: ({ issue }) => issue({ expiresInSeconds: -1 }) },
  { name: 'no exp', forge: ({ issue }) => issue({ claims: { exp: null } }) },
  { name: 'exp as text', forge: ({ issue, nowSeconds }) => issue({ claims: { exp: String(nowSeconds + 60) } }) },
  { name: 'nbf in the future', forge: ({ issue, nowSeconds }) => issue({ claims: { nbf: nowSeconds + 600 } }) },
  { name: 'nbf as text', forge: ({ issue, nowSeconds }) => issue({ claims: { nbf: String(nowSeconds - 60) } }) },
  { name: 'iat in the future', forge: ({ issue, nowSeconds }) => issue({ claims: { iat: nowSeconds + 600 } }) },
  { name: 'no iat', forge: ({ issue }) => issue({ claims: { iat: null } }) },
];

const PERMISSIONS: readonly TokenVector[] = [
  { name: 'a scope of another route', status: 403, forge: ({ issue }) => issue({ scope: 'orders/write' }) },
  { name: 'a scope that only begins so', status: 403, forge: ({ issue }) => issue({ scope: 'orders/readonly' }) },
  { name: 'no scope', status: 403, forge: ({ issue }) => issue({ claims: { scope: null } }) },
  {
    name: 'an ID token: signed by the pool, for the client, without a scope',
    status: 403,
    forge: ({ issue, clientId }) => issue({ claims: { scope: null, token_use: 'id', client_id: null, aud: clientId } }),
  },
];

export const TOKEN_VECTORS: readonly TokenVector[] = [...SIGNATURES, ...CLAIMS, ...PERMISSIONS];

/** What a route answers to a token, and whether its function saw the request. */
export interface TokenRow {
  readonly name: string;
  readonly expected: number;
  readonly status: number;
  readonly challenge: string;
  readonly invocations: number;
}

const signer =
  (key: KeyObject) =>
  (header: JsonObject, claims: JsonObject): string => {
    const input = `${encode(header)}.${encode(claims)}`;
    return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
  };

const forgeFor = async ({ controlUrl, controlToken }: RunningHere): Promise<Forge> => {
  const control = clientOf(controlUrl, controlToken);
  const issue: Forge['issue'] = async (differing) => {
    const { body } = await control('POST', '/control/token', { body: { sub: 'forger', ...differing } });
    return String(body.accessToken);
  };
  const good = await issue();
  const { iss, client_id: clientId, iat } = claimsOf(good);
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    issue,
    signAs: signer(privateKey),
    foreignJwk: JSON.parse(JSON.stringify(publicKey.export({ format: 'jwk' }))),
    kid: String(decode(good.split('.')[0]).kid),
    issuer: String(iss),
    clientId: String(clientId),
    nowSeconds: Number(iat),
  };
};

const ROUTE = '/orders';
const FUNCTION = 'archipelago-dev-orders-list-orders';

const DENIED = 401;

/** Sends each forged token to `GET /orders`. */
export const tokenRows = async (system: RunningHere): Promise<readonly TokenRow[]> => {
  const forge = await forgeFor(system);
  const control = clientOf(system.controlUrl, system.controlToken);
  const invocations = async (): Promise<readonly string[]> => {
    const { text } = await control('GET', '/control/invocations');
    const all: readonly { readonly id: string; readonly functionName: string }[] = JSON.parse(text);
    return all.filter(({ functionName }) => functionName === FUNCTION).map(({ id }) => id);
  };
  const rows: TokenRow[] = [];
  for (const { name, status: expected = DENIED, forge: make } of TOKEN_VECTORS) {
    const token = await make(forge);
    const before = await invocations();
    const { status, headers } = await clientOf(system.apiUrl, token)('GET', ROUTE);
    const challenge = headers.get('www-authenticate') ?? '';
    const begun = (await invocations()).filter((id) => !before.includes(id));
    rows.push({ name, expected, status, challenge, invocations: begun.length });
  }
  return rows;
};
