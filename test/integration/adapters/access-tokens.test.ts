import { generateKeyPairSync, sign } from 'node:crypto';
import { createCognitoService, createSsmService, type EmulatedAws, emulateAws } from '@archipelago/local/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTokenVerifier } from '../../../functions/adapters/access-tokens.ts';
import type { VerifyToken } from '../../../functions/kernel/values/principal.ts';

const PARAMETER = '/shop/identity/people';
const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });

let aws: EmulatedAws;
let verify: VerifyToken;
let clientId = '';
let issuer = '';
const issuers = () => aws.world.need('issuers');
type Differing = Omit<Parameters<ReturnType<typeof issuers>['issue']>[0], 'sub'>;
const issue = (differing: Differing = {}) => issuers().issue({ sub: 'ada', ...differing });

beforeAll(async () => {
  aws = await emulateAws((world) => [createCognitoService(world), createSsmService(world)]);
  const pool = await aws.create('AWS::Cognito::UserPool', 'Pool', { UserPoolName: 'people' });
  const client = await aws.create('AWS::Cognito::UserPoolClient', 'Client', { UserPoolId: pool.ref });
  issuer = String(pool.attributes.ProviderURL);
  clientId = client.ref;
  const { endpoint, region } = aws.clientConfig;
  const environment = { AWS_REGION: region, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
  Object.assign(process.env, environment, { AWS_ENDPOINT_URL: endpoint });
  await aws.create('AWS::SSM::Parameter', 'People', {
    Name: PARAMETER,
    Type: 'StringList',
    Value: `${issuer},${clientId}`,
  });
});
afterAll(() => aws.stop());
beforeEach(() => {
  verify = createTokenVerifier(PARAMETER, aws.clock);
});

const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const partsOf = (token: string) => token.split('.');

describe('an access token that comes with a question', () => {
  it('is good when the pool signed it for its client, and says whose it is', async () => {
    expect(await verify(await issue({ scope: 'orders/write' }))).toMatchObject({ sub: 'ada', scope: 'orders/write' });
  });

  it.each<[string, () => Promise<string> | string]>([
    ['alg none', () => issue({ header: { alg: 'none' } })],
    ['HS256 with the public key as secret', () => issue({ header: { alg: 'HS256' } })],
    ['RS512', () => issue({ header: { alg: 'RS512' } })],
    ['no kid', () => issue({ header: { kid: null } })],
    ['an unknown kid', () => issue({ header: { kid: 'another' } })],
    ['a critical header parameter', () => issue({ header: { crit: ['exp'] } })],
    ['a foreign issuer', () => issue({ claims: { iss: 'https://issuer.example.com' } })],
    ['a foreign client', () => issue({ claims: { client_id: 'other' } })],
    ['the kind of an ID token', () => issue({ claims: { token_use: 'id' } })],
    ['an end a minute ago', () => issue({ expiresInSeconds: -60 })],
    ['no end', () => issue({ claims: { exp: null } })],
    ['a beginning to come', () => issue({ claims: { iat: Math.floor(aws.clock.now() / 1000) + 301 } })],
    [
      'no signature',
      async () =>
        partsOf(await issue())
          .slice(0, 2)
          .join('.'),
    ],
    [
      'another payload',
      async () => {
        const [head, payload = '', signature] = partsOf(await issue());
        const claims: object = JSON.parse(Buffer.from(payload, 'base64url').toString());
        return `${head}.${encode({ ...claims, sub: 'bob' })}.${signature}`;
      },
    ],
    [
      'the signature of another key',
      async () => {
        const [head, payload] = partsOf(await issue());
        const signature = sign('sha256', Buffer.from(`${head}.${payload}`), foreign.privateKey);
        return `${head}.${payload}.${signature.toString('base64url')}`;
      },
    ],
    ['no parts', () => 'hello'],
    ['parts that are no JSON', () => 'a.b.c'],
  ])('is not good with %s', async (_what, token) => {
    expect(await verify(await token())).toBeUndefined();
  });

  it('is good for a moment longer than the gateway takes it', async () => {
    expect(await verify(await issue({ expiresInSeconds: -59 }))).toMatchObject({ sub: 'ada' });
  });

  it('does not make the issuer be asked again and again by naming keys that are not there', async () => {
    const asked = () => aws.world.journal.read('calls').filter(({ service }) => service === 'cognito-idp').length;
    await verify(await issue());
    const before = asked();
    for (let attempt = 0; attempt < 20; attempt += 1) await verify(await issue({ header: { kid: `k${attempt}` } }));
    expect(asked()).toBe(before);
    await aws.advance(10_000);
    for (let attempt = 0; attempt < 20; attempt += 1) await verify(await issue({ header: { kid: `k${attempt}` } }));
    expect(asked()).toBe(before + 1);
  });

  it('is verified with the keys that are known while the issuer cannot be asked, and is unavailable without any', async () => {
    await verify(await issue());
    const { AWS_ENDPOINT_URL: endpoint } = process.env;
    process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:9';
    try {
      await aws.advance(60_000);
      expect(await verify(await issue({ header: { kid: 'another' } }))).toBeUndefined();
      expect(await verify(await issue())).toMatchObject({ sub: 'ada' });
      const cold = createTokenVerifier(PARAMETER, aws.clock);
      await expect(cold(await issue())).rejects.toMatchObject({ refusal: { outcome: 'unavailable' } });
    } finally {
      process.env.AWS_ENDPOINT_URL = endpoint;
    }
  });
});
