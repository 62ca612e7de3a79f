import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AwsError } from '../../src/core/aws-call.ts';
import type { Json } from '../../src/core/json.ts';
import { type Gateway, returned, startGateway } from './gateway-fixture.ts';

describe('the answer to a request', () => {
  let gateway: Gateway;
  beforeAll(async () => {
    gateway = await startGateway({
      routes: ['ANY /a', { key: 'GET /slow', integration: { TimeoutInMillis: 2_000 } }],
      stage: {
        AccessLogSettings: {
          Format:
            '{"id":"$context.requestId","route":"$context.routeKey","status":$context.status,"ua":"$context.identity.userAgent","sub":"$context.authorizer.claims.sub"}',
          DestinationArn: 'arn:aws:logs:us-east-1:000000000000:log-group:access',
        },
      },
    });
  });
  afterAll(() => gateway.world.stop());
  beforeEach(() => {
    gateway.invocations.length = 0;
    gateway.answerWith(() => returned({ ok: true }));
  });

  const answered = async (value: Json) => {
    gateway.answerWith(() => returned(value));
    const response = await fetch(`${gateway.url}/a`);
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      body: await response.text(),
      headers: response.headers,
    };
  };

  it.each([
    ['an object without statusCode', { message: 'hi' }, '{"message":"hi"}'],
    ['a text', 'Hello from Lambda!', 'Hello from Lambda!'],
    ['a list', [1, 2], '[1,2]'],
    ['null', null, 'null'],
  ])('takes %s as the body of a 200', async (_name, value, body) => {
    expect(await answered(value)).toMatchObject({ status: 200, type: 'application/json', body });
  });

  it('takes status, headers, cookies and body of a response', async () => {
    const { headers, ...rest } = await answered({
      statusCode: 201,
      headers: { 'Content-Type': 'application/problem+json', Location: '/a/1', 'x-count': 3, 'Content-Length': 999 },
      cookies: ['a=1; Path=/', 'b=2'],
      body: '{}',
    });
    expect(rest).toEqual({ status: 201, type: 'application/problem+json', body: '{}' });
    expect(headers.get('location')).toBe('/a/1');
    expect(headers.get('x-count')).toBe('3');
    expect(headers.get('content-length')).toBe('2');
    expect(headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2']);
    expect(headers.get('apigw-requestid')).toBe(String(gateway.world.journal.read('requests')[0]?.id));
  });

  it('decodes a base64 body, and calls a body without a type plain text', async () => {
    const body = Buffer.from('Grüße').toString('base64');
    expect(await answered({ statusCode: 200, isBase64Encoded: true, body })).toMatchObject({
      type: 'text/plain;charset=UTF-8',
      body: 'Grüße',
    });
    expect(await answered({ statusCode: 204 })).toMatchObject({ status: 204, body: '' });
  });

  it.each<[string, Json]>([
    ['a status that is none', { statusCode: 'ok' }],
    ['a status out of range', { statusCode: 99 }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['headers that are no object', { statusCode: 200, headers: ['a'] }],
    ['a header with a line break', { statusCode: 200, headers: { a: 'x\r\nset-cookie: y' } }],
    ['cookies that are no list', { statusCode: 200, cookies: 'a=1' }],
  ])('answers 500 to %s', async (_name, value) => {
    expect(await answered(value)).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
    expect(gateway.world.journal.read('requests')[0]).toHaveProperty('integrationError');
  });

  it('answers 500 to a function error and shows nothing of it', async () => {
    gateway.answerWith(() => ({ requestId: 'r', payload: '{"errorMessage":"secret"}', functionError: 'Unhandled' }));
    const response = await fetch(`${gateway.url}/a`);
    expect([response.status, await response.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
  });

  it.each([
    [
      'has no concurrency left',
      new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429),
      503,
      'Service Unavailable',
    ],
    ['refuses the size', new AwsError('RequestTooLargeException', 'too big', 413), 413, 'Request Entity Too Large'],
    ['is not there', new AwsError('ResourceNotFoundException', 'no', 404), 500, 'Internal Server Error'],
  ])('says so in its own words when the function %s', async (_name, error, status, message) => {
    gateway.answerWith(() => Promise.reject(error));
    const response = await fetch(`${gateway.url}/a`);
    expect([response.status, await response.json()]).toEqual([status, { message }]);
  });

  it('gives up on an integration after its timeout on the clock of the runtime', async () => {
    const begun = new Promise<void>((resolve) => {
      gateway.answerWith(() => {
        resolve();
        return new Promise(() => undefined);
      });
    });
    const response = fetch(`${gateway.url}/slow`);
    await begun;
    gateway.clock.set(gateway.clock.now() + 1_999);
    await gateway.world.agenda.runDue();
    expect(gateway.world.agenda.pending()).toMatchObject([{ what: 'integration timeout', kind: 'planned' }]);
    gateway.clock.set(gateway.clock.now() + 1);
    await gateway.world.agenda.runDue();
    expect((await response).status).toBe(503);
    expect(await (await response).json()).toEqual({ message: 'Service Unavailable' });
  });

  it('leaves no timeout behind an answer', async () => {
    await answered({});
    expect(gateway.world.agenda.pending()).toEqual([]);
  });

  it('answers 404 where no route matches', async () => {
    const response = await fetch(`${gateway.url}/b`);
    expect([response.status, await response.json()]).toEqual([404, { message: 'Not Found' }]);
    expect(gateway.invocations).toHaveLength(0);
  });

  it('answers 400 to a path that cannot be decoded', async () => {
    expect((await fetch(`${gateway.url}/%E0%A4%A`)).status).toBe(400);
  });

  it('takes a body of 10 MB and refuses a byte more, announced or not', async () => {
    const post = async (body: NonNullable<RequestInit['body']>, extra: object = {}) =>
      (await fetch(`${gateway.url}/a`, { method: 'POST', body, ...extra })).status;
    expect(await post(Buffer.alloc(10 * 1024 * 1024, 97))).toBe(200);
    expect(await post(Buffer.alloc(10 * 1024 * 1024 + 1, 97))).toBe(413);
    const chunks = new ReadableStream({
      pull: (controller) => controller.enqueue(Buffer.alloc(1024 * 1024, 97)),
    });
    const streamed = await post(chunks.pipeThrough(firstChunks(11)), { duplex: 'half' });
    expect(streamed).toBe(413);
    expect(gateway.invocations).toHaveLength(1);
  });

  it('refuses a head of more than 10,240 bytes', async () => {
    expect((await fetch(`${gateway.url}/a`, { headers: { x: 'a'.repeat(9_000) } })).status).toBe(200);
    expect((await fetch(`${gateway.url}/a`, { headers: { x: 'a'.repeat(10_240) } })).status).toBe(431);
  });

  it('survives a client that leaves in the middle of its body, and keeps answering others', async () => {
    const { hostname, port } = new URL(gateway.url);
    const before = gateway.world.journal.read('requests').length;
    const gone = new Promise<void>((resolve) => {
      const unsubscribe = gateway.world.journal.subscribe((kind) => {
        if (kind !== 'requests' || gateway.world.journal.read('requests').length === before) return;
        unsubscribe();
        resolve();
      });
    });
    const socket = connect(Number(port), hostname, () => {
      socket.write('POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf', () => socket.destroy());
    });
    await gone;
    expect(gateway.invocations).toHaveLength(0);
    expect((await answered({})).status).toBe(200);
  });

  it('answers HEAD without a body, on a connection that stays open', async () => {
    gateway.answerWith(() => returned({ statusCode: 200, body: 'hello' }));
    const head = await new Promise<{ connection: unknown; length: unknown; bytes: number }>((resolve, reject) => {
      httpRequest(`${gateway.url}/a`, { method: 'HEAD', headers: { connection: 'keep-alive' } }, (response) => {
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
        });
        const { connection, 'content-length': length } = response.headers;
        response.on('end', () => resolve({ connection, length, bytes }));
      })
        .on('error', reject)
        .end();
    });
    expect(head).toEqual({ connection: 'keep-alive', length: '5', bytes: 0 });
  });

  it('journals every request and writes the access log in the format of the stage', async () => {
    await fetch(`${gateway.url}/a?x=%41`, { headers: { 'user-agent': 'a"b', 'x-correlation-id': 'sent' } });
    const [entry] = gateway.world.journal.read('requests');
    expect(entry).toMatchObject({
      method: 'GET',
      path: '/a',
      target: '/a?x=%41',
      correlationId: 'sent',
      routeKey: 'ANY /a',
      status: 200,
      durationMs: 0,
      invocationId: 'invocation-1',
      traceId: expect.stringMatching(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/),
    });
    const [line] = gateway.world.journal.read('logs');
    expect(JSON.parse(String(line?.message))).toEqual(line?.data);
    expect(line?.data).toEqual({
      id: entry?.id,
      route: 'ANY /a',
      status: 200,
      ua: 'a"b',
      sub: '-',
    });
  });
});

const firstChunks = (count: number) => {
  let left = count;
  return new TransformStream({
    transform: (chunk, controller) => {
      controller.enqueue(chunk);
      left -= 1;
      if (left === 0) controller.terminate();
    },
  });
};
