import { createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import type { AwsRequest } from '../../src/core/aws-call.ts';
import { createWorld, type OwnedWorld } from '../../src/core/create-world.ts';
import type { EmulatedService } from '../../src/core/emulated-service.ts';
import { createCognitoService } from '../../src/services/cognito/service.ts';
import { createPool } from './pool-fixture.ts';

const call = async ({ handle }: EmulatedService, request: AwsRequest) => {
  if (!handle) throw new Error('the service answers no calls');
  return handle(request);
};

const get = async (cognito: EmulatedService, url: string) => {
  const request = { method: 'GET', url, headers: {}, body: Buffer.alloc(0), caller: { principal: 'anonymous' } };
  const { status, body } = await call(cognito, request);
  return { status, body: JSON.parse(body.toString()) };
};

describe('a user pool', () => {
  let world: OwnedWorld;
  let cognito: EmulatedService;
  let pool: Awaited<ReturnType<typeof createPool>>;
  beforeAll(async () => {
    world = createWorld();
    cognito = createCognitoService(world);
    pool = await createPool(cognito);
  });
  afterAll(() => world.stop());

  const keySet = () => createLocalJWKSet(world.need('issuers').jwks(pool.issuer) as JSONWebKeySet);

  it('is identified as AWS identifies it', () => {
    expect(pool.id).toMatch(/^us-east-1_[A-Za-z0-9]{9}$/);
    expect(pool.clientId).toMatch(/^[a-z0-9]{26}$/);
    expect(pool.issuer).toBe(`https://cognito-idp.us-east-1.amazonaws.com/${pool.id}`);
    expect(pool.arn).toBe(`arn:aws:cognito-idp:us-east-1:000000000000:userpool/${pool.id}`);
  });

  it('issues access tokens with the claims of Cognito and every scope of its resource servers', async () => {
    const token = await world.need('issuers').issue({ sub: 'user-1', groups: ['admin'] });
    const { payload, protectedHeader } = await jwtVerify(token, keySet(), { issuer: pool.issuer });
    expect(protectedHeader).toEqual({ alg: 'RS256', kid: expect.any(String) });
    expect(payload).toEqual({
      sub: 'user-1',
      'cognito:groups': ['admin'],
      iss: pool.issuer,
      version: 2,
      client_id: pool.clientId,
      origin_jti: expect.any(String),
      event_id: expect.any(String),
      token_use: 'access',
      scope: 'orders/read orders/write',
      auth_time: expect.any(Number),
      exp: expect.any(Number),
      iat: expect.any(Number),
      jti: expect.any(String),
      username: 'user-1',
    });
    expect(Number(payload.exp) - Number(payload.iat)).toBe(1_800);
  });

  it('takes scope, lifetime, and added or removed claims as asked', async () => {
    const request = { sub: 'u', scope: 'orders/read', expiresInSeconds: 5, claims: { aud: 'x', jti: null } };
    const claims = decodeJwt(await world.need('issuers').issue(request));
    expect(claims).toMatchObject({ scope: 'orders/read', aud: 'x', exp: Number(claims.iat) + 5 });
    expect(claims).not.toHaveProperty('jti');
    expect(claims).not.toHaveProperty(['cognito:groups']);
  });

  it('makes the invalid tokens that negative tests need', async () => {
    const issue = (header: { alg?: string; kid?: string | null }) => world.need('issuers').issue({ sub: 'u', header });
    const unsigned = await issue({ alg: 'none' });
    expect(unsigned.split('.')[2]).toBe('');
    expect(decodeProtectedHeader(unsigned).alg).toBe('none');
    const [jwk] = world.need('issuers').jwks(pool.issuer)?.keys ?? [];
    const pem = createPublicKey({ key: { ...jwk }, format: 'jwk' }).export({ format: 'pem', type: 'spki' });
    await expect(jwtVerify(await issue({ alg: 'HS256' }), Buffer.from(pem))).resolves.toBeDefined();
    expect(decodeProtectedHeader(await issue({ kid: null }))).not.toHaveProperty('kid');
  });

  it('knows no issuer but its own', () => {
    expect(world.need('issuers').jwks('https://cognito-idp.us-east-1.amazonaws.com/us-east-1_other')).toBeUndefined();
  });

  it('shows its key set and discovery document by HTTP', async () => {
    const { status, body } = await get(cognito, `/${pool.id}/.well-known/jwks.json`);
    expect(status).toBe(200);
    expect(body).toEqual(world.need('issuers').jwks(pool.issuer));
    expect(body.keys[0]).not.toHaveProperty('d');
    expect((await get(cognito, `/${pool.id}/.well-known/openid-configuration`)).body.issuer).toBe(pool.issuer);
    expect((await get(cognito, '/us-east-1_nothere0/.well-known/jwks.json')).status).toBe(404);
  });

  it('refuses sign-in operations and says what to do instead', async () => {
    const { status, body } = await call(cognito, {
      method: 'POST',
      url: '/',
      headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.AdminInitiateAuth' },
      body: Buffer.from('{}'),
      caller: { principal: 'anonymous' },
    });
    expect(status).toBe(400);
    expect(JSON.parse(body.toString())).toMatchObject({
      __type: 'UnknownOperationException',
      message: expect.stringContaining('control API'),
    });
  });
});

describe('a user pool with a keep folder', () => {
  it('signs with the same key in the next session', async () => {
    const keepFolder = mkdtempSync(join(tmpdir(), 'cognito-'));
    const session = async () => {
      const world = createWorld({ keepFolder });
      const { issuer } = await createPool(createCognitoService(world));
      return { world, issuer };
    };
    const first = await session();
    const token = await first.world.need('issuers').issue({ sub: 'u' });
    const second = await session();
    const keys = createLocalJWKSet(second.world.need('issuers').jwks(second.issuer) as JSONWebKeySet);
    await expect(jwtVerify(token, keys)).resolves.toMatchObject({ payload: { sub: 'u' } });
    rmSync(keepFolder, { recursive: true });
  });
});
