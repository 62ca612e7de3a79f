import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Gateway, STARTED_AT_MS, startGateway } from './gateway-fixture.ts';

describe('the event of payload format 2.0', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway({
      routes: [
        '$default',
        'GET /products/{sku}',
        { key: 'ANY /users', integration: { RequestParameters: { 'overwrite:path': '/api/users' } } },
        {
          key: 'ANY /users/{proxy+}',
          integration: {
            IntegrationUri:
              'arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:000000000000:function:users:live/invocations',
            RequestParameters: {
              'overwrite:path': '/api/users/$request.path.proxy',
              'overwrite:header.x-caller': '$context.identity.sourceIp',
              'append:header.x-seen': 'gateway',
              'remove:header.x-secret': "''",
              'overwrite:querystring.tenant': '$request.header.x-tenant',
            },
          },
        },
      ],
      stage: { StageVariables: { colour: 'blue' } },
    });
  });
  afterAll(() => gateway.world.stop());
  beforeEach(() => {
    gateway.invocations.length = 0;
  });

  const event = () => gateway.invocations.at(-1)?.event;

  const post = (path: string, headers: Record<string, string | string[]>, body: string) =>
    new Promise<void>((resolve, reject) => {
      const sent = httpRequest(`${gateway.url}${path}`, { method: 'POST', headers }, (response) => {
        response.resume().on('end', resolve);
      });
      sent.on('error', reject).end(body);
    });

  it('is the same for a target in absolute form', async () => {
    const { hostname, port } = new URL(gateway.url);
    for (const path of ['http://shop.example/my/path?x=1', 'HTTPS://shop.example:443/my/path?x=1', '/my/path?x=1']) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      httpRequest({ hostname, port, path }, (response) => void response.resume().on('end', resolve))
        .on('error', reject)
        .end();
      await promise;
      expect([path, event()]).toMatchObject([path, { rawPath: '/my/path', rawQueryString: 'x=1' }]);
    }
  });

  it('has the shape of the documented example', async () => {
    const host = new URL(gateway.url).host;
    const trace = 'Root=1-5e6a861e-0123456789abcdef01234567';
    await post(
      '/my/path?parameter1=value1&parameter1=value2&parameter2=value',
      {
        cookie: 'cookie1=a; cookie2=b',
        Header1: 'value1',
        header2: ['value1', 'value2'],
        'User-Agent': 'agent',
        'content-type': 'text/plain',
        'content-length': '17',
        'x-amzn-trace-id': trace,
      },
      'Hello from Lambda',
    );
    expect(event()).toEqual({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/my/path',
      rawQueryString: 'parameter1=value1&parameter1=value2&parameter2=value',
      cookies: ['cookie1=a', 'cookie2=b'],
      headers: {
        'content-length': '17',
        'content-type': 'text/plain',
        header1: 'value1',
        header2: 'value1,value2',
        host,
        'user-agent': 'agent',
        'x-amzn-trace-id': trace,
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': new URL(gateway.url).port,
        'x-forwarded-proto': 'http',
      },
      queryStringParameters: { parameter1: 'value1,value2', parameter2: 'value' },
      requestContext: {
        accountId: '000000000000',
        apiId: gateway.apiId,
        domainName: host,
        domainPrefix: gateway.apiId,
        http: {
          method: 'POST',
          path: '/my/path',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'agent',
        },
        requestId: expect.stringMatching(/^[\w-]{15}=$/),
        routeKey: '$default',
        stage: '$default',
        time: '12/Mar/2020:19:03:58 +0000',
        timeEpoch: STARTED_AT_MS,
      },
      body: 'Hello from Lambda',
      stageVariables: { colour: 'blue' },
      isBase64Encoded: false,
    });
  });

  it('leaves out what the request does not have', async () => {
    await fetch(`${gateway.url}/products/a%20b`);
    expect(event()).toMatchObject({
      routeKey: 'GET /products/{sku}',
      rawPath: '/products/a b',
      rawQueryString: '',
      pathParameters: { sku: 'a b' },
      isBase64Encoded: false,
    });
    for (const absent of ['body', 'cookies', 'queryStringParameters']) expect(event()).not.toHaveProperty([absent]);
  });

  it('rewrites the path by overwrite:path and keeps the client path in requestContext', async () => {
    await fetch(`${gateway.url}/users?x=1`);
    expect(event()).toMatchObject({ rawPath: '/api/users', requestContext: { http: { path: '/users' } } });
    await fetch(`${gateway.url}/users/1/orders`);
    expect(event()).toMatchObject({
      rawPath: '/api/users/1/orders',
      pathParameters: { proxy: '1/orders' },
      requestContext: { http: { path: '/users/1/orders' } },
    });
    expect(gateway.invocations.at(-1)?.functionName).toBe('arn:aws:lambda:us-east-1:000000000000:function:users:live');
  });

  it('maps headers and query as RequestParameters say', async () => {
    await fetch(`${gateway.url}/users/1?a=b`, { headers: { 'x-seen': 'proxy', 'x-secret': 's', 'x-tenant': 'acme' } });
    expect(event()).toMatchObject({
      headers: { 'x-caller': '127.0.0.1', 'x-seen': 'proxy,gateway' },
      queryStringParameters: { a: 'b', tenant: 'acme' },
      rawQueryString: 'a=b&tenant=acme',
    });
    expect(event()).not.toHaveProperty(['headers', 'x-secret']);
  });

  it.each([
    ['application/json', '{"a":1}', false],
    ['application/json; charset=utf-8', '{"a":"ü"}', false],
    ['application/problem+json', '{}', false],
    ['application/x-www-form-urlencoded', 'a=1', true],
    ['application/octet-stream', 'abc', true],
  ])('sends a body of %s as text or as base64', async (contentType, body, isBase64Encoded) => {
    await fetch(gateway.url, { method: 'POST', headers: { 'content-type': contentType }, body });
    const sent = isBase64Encoded ? Buffer.from(body).toString('base64') : body;
    expect(event()).toMatchObject({ body: sent, isBase64Encoded });
  });

  it('begins a trace and hands it to the function with a sampling decision', async () => {
    await fetch(gateway.url);
    const { traceHeader, source } = gateway.invocations.at(-1) ?? {};
    expect(traceHeader).toMatch(/^Root=1-5e6a879e-[0-9a-f]{24};Sampled=1$/);
    expect(event()).toMatchObject({ headers: { 'x-amzn-trace-id': traceHeader?.replace(';Sampled=1', '') } });
    expect(source).toBe('apigateway $default');
  });

  it('is not confused by names of Object.prototype in headers or query', async () => {
    await fetch(`${gateway.url}/?constructor=1&__proto__=2&constructor=3`, { headers: { constructor: 'x' } });
    expect(event()).toMatchObject({ queryStringParameters: { constructor: '1,3' }, headers: { constructor: 'x' } });
    expect(gateway.invocations.at(-1)?.payload).toContain('"__proto__":"2"');
  });
});
