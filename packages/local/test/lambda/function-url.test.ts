import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignatureV4 } from '@smithy/signature-v4';
import { OPERATOR_KEY } from '../../src/core/credentials.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { Sha256 } from '../http/sha256.ts';
import { type Lab, openLab } from './lambda-lab.ts';

let lab: Lab;
const urls: Record<string, string> = {};
beforeAll(async () => {
  lab = await openLab();
  await lab.addProbe('http', { ReservedConcurrentExecutions: 2 });
  await lab.addProbe('fail');
  await lab.addProbe('echo');
  await lab.addProbe('header');
  await lab.addProbe('echo', { ReservedConcurrentExecutions: 0 }, 'stopped');
  const cors = { AllowOrigins: ['https://shop.example'], AllowMethods: ['GET'], MaxAge: 60, ExposeHeaders: ['x-seen'] };
  for (const [name, target, properties] of [
    ['iam', 'http', { AuthType: 'AWS_IAM' }],
    ['open', 'http', { AuthType: 'NONE', Cors: cors }],
    ['failing', 'fail', { AuthType: 'NONE' }],
    ['plain', 'echo', { AuthType: 'NONE', InvokeMode: 'BUFFERED' }],
    ['stopped', 'stopped', { AuthType: 'NONE' }],
    ['header', 'header', { AuthType: 'NONE' }],
  ] satisfies [string, string, JsonObject][]) {
    const { attributes } = await lab.add('AWS::Lambda::Url', `Url${name}`, {
      TargetFunctionArn: target,
      ...properties,
    });
    urls[name] = String(attributes.FunctionUrl);
  }
});
afterAll(() => lab.close());

const ofRole = (): typeof OPERATOR_KEY & { readonly sessionToken?: string } => {
  const principal = 'arn:aws:iam::000000000000:role/orders-role';
  return lab.world.credentials.issue({ principal, functionName: 'orders-place' });
};

const call = async (path: string, body: string, tamper = (text: string) => text, credentials = ofRole) => {
  const identity = credentials();
  const url = new URL(path, urls.iam);
  const signer = new SignatureV4({ credentials: identity, region: 'us-east-1', service: 'lambda', sha256: Sha256 });
  const { headers } = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname: url.hostname,
    path: url.pathname,
    query: Object.fromEntries(url.searchParams),
    headers: { host: url.host, 'content-type': 'application/json', cookie: 'c=1; d=2' },
    body,
  });
  return { response: await fetch(url, { method: 'POST', headers, body: tamper(body) }), credentials: identity };
};

describe('a function URL with AWS_IAM', () => {
  it('invokes for a signed request and shows the function its signer', async () => {
    const { response, credentials } = await call('/internal/quotes/a%20b?x=1&x2=%C3%A9', '{"sku":"a"}');
    expect(response.status).toBe(201);
    expect(response.headers.get('x-seen')).toBe('/internal/quotes/a%20b');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    const event = JSON.parse(await response.text());
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/internal/quotes/a%20b',
      rawQueryString: 'x=1&x2=%C3%A9',
      queryStringParameters: { x: '1', x2: 'é' },
      cookies: ['c=1', 'd=2'],
      body: '{"sku":"a"}',
      isBase64Encoded: false,
      requestContext: {
        accountId: '000000000000',
        stage: '$default',
        http: { method: 'POST', path: '/internal/quotes/a%20b', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1' },
        authorizer: {
          iam: {
            accessKey: credentials.accessKeyId,
            userArn: 'arn:aws:sts::000000000000:assumed-role/orders-role/orders-place',
          },
        },
      },
    });
    expect(event.requestContext.time).toMatch(/^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
    expect(lab.entries('invocations').at(-1)).toMatchObject({ source: 'url orders-place POST /internal/quotes/a%20b' });
  });

  it('answers 403 and runs nothing when the body is not what was signed', async () => {
    const before = lab.entries('invocations').length;
    const { response } = await call('/', '{"amount":1}', () => '{"amount":9}');
    expect(response.status).toBe(403);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.json()).toMatchObject({ Message: expect.stringMatching(/^Forbidden/) });
    expect(lab.entries('invocations')).toHaveLength(before);
  });

  it('takes the key of tools and containers on this machine, and no other that it did not issue', async () => {
    const as = (key: typeof OPERATOR_KEY) => call('/', '{}', undefined, () => key);
    expect((await as(OPERATOR_KEY)).response.status).toBe(201);
    expect((await as({ ...OPERATOR_KEY, secretAccessKey: 'guessed' })).response.status).toBe(403);
    expect((await as({ accessKeyId: 'test', secretAccessKey: 'test' })).response.status).toBe(403);
  });

  it('answers 403 to an unsigned request', async () => {
    expect((await fetch(String(urls.iam))).status).toBe(403);
  });
});

describe('an open function URL', () => {
  it('hands over a binary body as base64', async () => {
    const body = Buffer.from([0xff, 0x00, 0xfe]);
    const event = await (await fetch(String(urls.open), { method: 'POST', body })).json();
    expect(event).toMatchObject({ body: body.toString('base64'), isBase64Encoded: true });
    expect(event).not.toHaveProperty('requestContext.authorizer');
  });

  it('wraps an answer that is no response', async () => {
    const response = await fetch(String(urls.plain));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(await response.json()).toMatchObject({ rawPath: '/' });
  });

  it('answers 502 when the function fails, 429 when it is throttled, 413 to more than 6 MB', async () => {
    expect((await fetch(String(urls.failing))).status).toBe(502);
    expect((await fetch(String(urls.stopped))).status).toBe(429);
    expect((await fetch(String(urls.open), { method: 'POST', body: Buffer.alloc(6_291_457) })).status).toBe(413);
  });

  it.each(['name=x-a&value=a%0d%0ab:%20c', 'name=x%20y&value=a', 'name=x-a&value=%E2%82%AC', 'name=&value=a'])(
    'answers 502 to the one caller whose answer has a header that HTTP cannot carry: %s',
    async (query) => {
      const ask = async (asked: string) => (await fetch(`${urls.header}?${asked}`)).status;
      expect(await ask(query)).toBe(502);
      expect(await ask('name=x-a&value=b')).toBe(200);
    },
  );

  it('answers preflights itself and marks answers for the allowed origin only', async () => {
    const before = lab.entries('invocations').length;
    const ask = (origin: string, method = 'GET') => fetch(String(urls.open), { method, headers: { origin } });
    const preflight = await ask('https://shop.example', 'OPTIONS');
    expect(preflight.status).toBe(200);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-methods': 'GET',
      'access-control-max-age': '60',
    });
    expect(lab.entries('invocations')).toHaveLength(before);
    const allowed = await ask('https://shop.example');
    expect(allowed.headers.get('access-control-expose-headers')).toBe('x-seen');
    expect((await ask('https://evil.example')).headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is refused where its settings are not emulated', async () => {
    const streaming = { TargetFunctionArn: 'http', AuthType: 'NONE', InvokeMode: 'RESPONSE_STREAM' };
    await expect(lab.add('AWS::Lambda::Url', 'Streaming', streaming)).rejects.toThrow(/Streaming: InvokeMode/);
  });
});
