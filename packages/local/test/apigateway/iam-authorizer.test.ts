import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignatureV4 } from '@smithy/signature-v4';
import { Sha256 } from '../http/sha256.ts';
import { type Gateway, STARTED_AT_MS, startGateway } from './gateway-fixture.ts';

describe('a route with AWS_IAM', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway({
      routes: [{ key: 'ANY /internal/{proxy+}', properties: { AuthorizationType: 'AWS_IAM' } }],
    });
  });
  afterAll(() => gateway.world.stop());

  const role = 'arn:aws:iam::000000000000:role/caller';
  const signed = async (options: { service?: string; secret?: string; token?: string; atMs?: number } = {}) => {
    const { sessionToken, ...key } = gateway.world.credentials.issue({ principal: role, functionName: 'caller' });
    const token = options.token ?? sessionToken;
    const signer = new SignatureV4({
      service: options.service ?? 'execute-api',
      region: 'us-east-1',
      credentials: {
        ...key,
        ...(options.secret && { secretAccessKey: options.secret }),
        ...(token !== '' && { sessionToken: token }),
      },
      sha256: Sha256,
    });
    const { host, hostname } = new URL(gateway.url);
    const request = {
      method: 'POST',
      protocol: 'http:',
      hostname,
      path: '/internal/quote',
      query: { sku: 'a b', n: '1' },
      headers: { host, 'content-type': 'application/json' },
      body: '{"a":1}',
    };
    return signer.sign(request, { signingDate: new Date(options.atMs ?? STARTED_AT_MS) });
  };
  const send = async (headers: Record<string, string>, body = '{"a":1}') =>
    (await fetch(`${gateway.url}/internal/quote?sku=a%20b&n=1`, { method: 'POST', headers, body })).status;

  it('lets a caller pass whose keys the runtime issued, and names it in the event', async () => {
    expect(await send((await signed()).headers)).toBe(200);
    expect(gateway.invocations.at(-1)?.event).toMatchObject({
      requestContext: {
        authorizer: {
          iam: { userArn: 'arn:aws:sts::000000000000:assumed-role/caller/caller', accountId: '000000000000' },
        },
      },
    });
  });

  it('refuses everything else before any function runs', async () => {
    const before = gateway.invocations.length;
    expect(await send({})).toBe(403);
    expect(await send((await signed({ secret: 'wrong' })).headers)).toBe(403);
    expect(await send((await signed({ token: '' })).headers)).toBe(403);
    expect(await send((await signed({ token: 'of another session' })).headers)).toBe(403);
    expect(await send((await signed({ service: 'lambda' })).headers)).toBe(403);
    expect(await send((await signed({ atMs: STARTED_AT_MS - 301_000 })).headers)).toBe(403);
    expect(await send((await signed()).headers, '{"a":2}')).toBe(403);
    expect(await send({ ...(await signed()).headers, 'content-type': 'text/plain' })).toBe(403);
    expect(gateway.invocations).toHaveLength(before);
  });
});
