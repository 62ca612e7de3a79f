import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createWorld } from '../../src/core/create-world.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { TokenRequest } from '../../src/core/ports.ts';
import { createCognitoService } from '../../src/services/cognito/service.ts';
import { createPool } from '../cognito/pool-fixture.ts';
import { type Gateway, STARTED_AT_MS, startGateway } from './gateway-fixture.ts';

const NOW = Math.floor(STARTED_AT_MS / 1000);
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const foreignKey = generateKeyPairSync('rsa', { modulusLength: 2048 });
const signWith = (header: JsonObject, claims: JsonObject, key: KeyObject) => {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
};

describe('the JWT authorizer', () => {
  let gateway: Gateway;
  let pool: Awaited<ReturnType<typeof createPool>>;
  let kid: string;
  let issue: (request?: Partial<TokenRequest>) => Promise<string>;

  beforeAll(async () => {
    // The pool's ids come from its stack and logical id alone, so the authorizer can name them before it exists.
    const elsewhere = createCognitoService(createWorld());
    pool = await createPool(elsewhere);
    gateway = await startGateway({
      authorizer: {
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: pool.issuer, Audience: [pool.clientId] },
      },
      routes: [
        { key: 'ANY /open', properties: { AuthorizationType: 'JWT' } },
        {
          key: 'ANY /orders',
          properties: { AuthorizationType: 'JWT', AuthorizationScopes: ['orders/read', 'orders/admin'] },
        },
      ],
    });
    await createPool(createCognitoService(gateway.world));
    issue = (request) => gateway.world.need('issuers').issue({ sub: 'user-1', ...request });
    const header: { kid: string } = JSON.parse(
      Buffer.from((await issue()).split('.')[0] ?? '', 'base64url').toString(),
    );
    kid = header.kid;
  });
  afterAll(() => gateway.world.stop());
  beforeEach(() => {
    gateway.invocations.length = 0;
  });

  const call = async (path: string, authorization?: string) => {
    const response = await fetch(`${gateway.url}${path}`, { headers: { ...(authorization && { authorization }) } });
    return {
      status: response.status,
      challenge: response.headers.get('www-authenticate'),
      body: await response.json(),
    };
  };
  const claimsOf = (token: string): JsonObject =>
    JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

  it('lets a token of the pool pass and shows its claims as strings', async () => {
    const token = await issue({ groups: ['admin', 'staff'], claims: { email_verified: true, address: { city: 'X' } } });
    expect((await call('/open', `Bearer ${token}`)).status).toBe(200);
    const jwt = {
      claims: expect.objectContaining({
        sub: 'user-1',
        client_id: pool.clientId,
        exp: String(NOW + 1_800),
        'cognito:groups': '[admin staff]',
        email_verified: 'true',
        address: 'map[city:X]',
      }),
      scopes: null,
    };
    expect(gateway.invocations[0]?.event).toMatchObject({ requestContext: { authorizer: { jwt } } });
    expect(gateway.world.journal.read('requests')[0]).toMatchObject({ status: 200, principal: 'user-1' });
  });

  it('takes the bare token as well, and any one of the scopes', async () => {
    expect((await call('/orders', await issue({ scope: 'orders/admin other' }))).status).toBe(200);
    expect(gateway.invocations[0]?.event).toMatchObject({
      requestContext: { authorizer: { jwt: { scopes: ['orders/admin'] } } },
    });
  });

  it('accepts the audience in aud in place of client_id', async () => {
    const claims = { aud: ['other', pool.clientId], client_id: 'other' };
    expect((await call('/open', await issue({ claims }))).status).toBe(200);
  });

  const refused: readonly (readonly [name: string, token: () => Promise<string> | string])[] = [
    ['alg none', () => issue({ header: { alg: 'none' } })],
    ['alg NONE', () => issue({ header: { alg: 'NONE' } })],
    [
      'alg none with the signature of another token',
      async () => {
        const [, , signature] = (await issue()).split('.');
        return `${await issue({ header: { alg: 'none' } })}${signature}`;
      },
    ],
    ['HS256 with the public key as secret', () => issue({ header: { alg: 'HS256' } })],
    [
      'HS256 with an empty secret',
      async () => {
        const input = `${encode({ alg: 'HS256', kid })}.${encode(claimsOf(await issue()))}`;
        return `${input}.${createHmac('sha256', '').update(input).digest('base64url')}`;
      },
    ],
    ['an RS512 signature by a key for RS256', () => issue({ header: { alg: 'RS512' } })],
    ['an alg that is a name of Object.prototype', () => issue({ header: { alg: 'constructor' } })],
    ['an alg that is no string', () => issue({ header: { alg: ['RS256'] } })],
    ['a foreign issuer', () => issue({ claims: { iss: 'https://issuer.example.com' } })],
    ['an issuer with a slash more', () => issue({ claims: { iss: `${pool.issuer}/` } })],
    ['no issuer', () => issue({ claims: { iss: null } })],
    ['a foreign client_id', () => issue({ claims: { client_id: 'other' } })],
    ['a foreign aud beside the right client_id', () => issue({ claims: { aud: 'other' } })],
    ['an empty aud beside the right client_id', () => issue({ claims: { aud: [] } })],
    ['neither aud nor client_id', () => issue({ claims: { client_id: null } })],
    ['exp in the past', () => issue({ expiresInSeconds: -1 })],
    ['exp now', () => issue({ expiresInSeconds: 0 })],
    ['no exp', () => issue({ claims: { exp: null } })],
    ['exp as text', () => issue({ claims: { exp: String(NOW + 60) } })],
    ['nbf in the future', () => issue({ claims: { nbf: NOW + 60 } })],
    ['nbf as text', () => issue({ claims: { nbf: String(NOW - 60) } })],
    ['iat in the future', () => issue({ claims: { iat: NOW + 60 } })],
    ['no iat', () => issue({ claims: { iat: null } })],
    ['no kid', () => issue({ header: { kid: null } })],
    ['an unknown kid', () => issue({ header: { kid: 'another' } })],
    ['a kid that is a path', () => issue({ header: { kid: '../../x' } })],
    ['a kid that is no string', () => issue({ header: { kid: [kid] } })],
    [
      'the kid of the pool but a foreign signature',
      async () => signWith({ alg: 'RS256', kid }, claimsOf(await issue()), foreignKey.privateKey),
    ],
    [
      'a foreign key in jwk',
      async () => {
        const jwk = { ...foreignKey.publicKey.export({ format: 'jwk' }), kid: 'mine' };
        return signWith({ alg: 'RS256', kid: 'mine', jwk: { ...jwk } }, claimsOf(await issue()), foreignKey.privateKey);
      },
    ],
    [
      'a foreign key set in jku',
      async () =>
        signWith(
          { alg: 'RS256', kid: 'mine', jku: 'http://127.0.0.1:9/jwks' },
          claimsOf(await issue()),
          foreignKey.privateKey,
        ),
    ],
    [
      'a foreign certificate in x5u',
      async () =>
        signWith(
          { alg: 'RS256', kid: 'mine', x5u: 'http://127.0.0.1:9/x' },
          claimsOf(await issue()),
          foreignKey.privateKey,
        ),
    ],
    ['a critical header parameter', () => issue({ header: { crit: ['exp'] } })],
    ['an empty signature', async () => `${(await issue()).split('.').slice(0, 2).join('.')}.`],
    ['no signature at all', async () => (await issue()).split('.').slice(0, 2).join('.')],
    [
      'a changed payload',
      async () => {
        const [header, , signature] = (await issue()).split('.');
        return `${header}.${encode({ ...claimsOf(await issue()), sub: 'user-2' })}.${signature}`;
      },
    ],
    ['a signature with characters outside base64url', async () => `${await issue()}=`],
    ['four segments', async () => `${await issue()}.x`],
    ['a payload that is no object', async () => signWith({ alg: 'RS256', kid }, [] as never, foreignKey.privateKey)],
    ['no JWT', () => 'hello'],
  ];

  it.each(refused)('refuses a token with %s before any function runs', async (_name, token) => {
    const { status, challenge, body } = await call('/open', `Bearer ${await token()}`);
    expect({ status, body }).toEqual({ status: 401, body: { message: 'Unauthorized' } });
    expect(challenge).toMatch(/^Bearer scope="" error="invalid_token" error_description="[^"]+"$/);
    expect(gateway.invocations).toHaveLength(0);
  });

  it('says that the audience is wrong in the words of AWS', async () => {
    const { challenge } = await call('/open', await issue({ claims: { client_id: 'other' } }));
    expect(challenge).toContain('error_description="the token does not have a valid audience"');
  });

  it.each([
    ['no header', undefined],
    ['an empty one', ''],
  ])('answers %s with a bare challenge', async (_name, authorization) => {
    expect(await call('/open', authorization)).toEqual({
      status: 401,
      challenge: 'Bearer',
      body: { message: 'Unauthorized' },
    });
    expect(gateway.invocations).toHaveLength(0);
  });

  it.each([
    ['a scope of another route', { scope: 'orders/write' }],
    ['a scope that only begins like it', { scope: 'orders/readonly' }],
    ['no scope', { claims: { scope: null } }],
    ['an ID token, which has none', { claims: { scope: null, token_use: 'id', client_id: null, aud: 'CLIENT' } }],
  ])('forbids %s', async (_name, request) => {
    const claims =
      'claims' in request && 'aud' in request.claims ? { ...request.claims, aud: pool.clientId } : undefined;
    const { status, challenge, body } = await call('/orders', await issue({ ...request, ...(claims && { claims }) }));
    expect({ status, body }).toEqual({ status: 403, body: { message: 'Forbidden' } });
    expect(challenge).toContain('error="insufficient_scope"');
    expect(gateway.invocations).toHaveLength(0);
  });

  it('stops trusting a token that it has verified once it expires', async () => {
    const token = await issue({ expiresInSeconds: 60 });
    expect((await call('/open', token)).status).toBe(200);
    gateway.clock.set(STARTED_AT_MS + 61_000);
    expect((await call('/open', token)).status).toBe(401);
  });
});

describe('an authorizer whose issuer is not emulated', () => {
  it('refuses every token and says why in the log', async () => {
    await using gateway = await startGateway({
      authorizer: { JwtConfiguration: { Issuer: 'https://issuer.example.com', Audience: ['x'] } },
      routes: [{ key: 'GET /', properties: { AuthorizationType: 'JWT' } }],
    });
    await createPool(createCognitoService(gateway.world));
    const authorization = await gateway.world.need('issuers').issue({ sub: 'u' });
    const response = await fetch(gateway.url, { headers: { authorization } });
    expect(response.status).toBe(401);
    expect(gateway.world.journal.read('logs')[0]).toMatchObject({
      level: 'ERROR',
      message: expect.stringContaining('https://issuer.example.com is not emulated here'),
    });
  });
});
