import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { createWorld } from '../../src/core/create-world.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { createHttpApiService } from '../../src/services/apigateway/service.ts';
import { stopping } from '../core/stopping.ts';
import { createResources, type GatewayOptions, STARTED_AT_MS, startGateway } from './gateway-fixture.ts';

const statuses = async (url: string, count: number, init?: RequestInit) => {
  const all: number[] = [];
  for (let sent = 0; sent < count; sent += 1) all.push((await fetch(url, init)).status);
  return all;
};

describe('the throttles of a stage', () => {
  it('refuse what exceeds the burst and let tokens flow back at the rate', async () => {
    await using gateway = await startGateway({
      routes: ['GET /a', 'GET /b', 'GET /c'],
      stage: {
        DefaultRouteSettings: { ThrottlingBurstLimit: 2, ThrottlingRateLimit: 10 },
        RouteSettings: { 'GET /b': { ThrottlingBurstLimit: '1', ThrottlingRateLimit: '1' } },
      },
    });
    expect(await statuses(`${gateway.url}/a`, 3)).toEqual([200, 200, 429]);
    expect(await statuses(`${gateway.url}/b`, 2)).toEqual([200, 429]);
    expect(await statuses(`${gateway.url}/c`, 1)).toEqual([200]);
    const refused = await fetch(`${gateway.url}/a`);
    expect(await refused.json()).toEqual({ message: 'Too Many Requests' });
    gateway.clock.set(STARTED_AT_MS + 99);
    expect(await statuses(`${gateway.url}/a`, 1)).toEqual([429]);
    gateway.clock.set(STARTED_AT_MS + 100);
    expect(await statuses(`${gateway.url}/a`, 2)).toEqual([200, 429]);
    gateway.clock.set(STARTED_AT_MS + 60_000);
    expect(await statuses(`${gateway.url}/a`, 3)).toEqual([200, 200, 429]);
    expect(gateway.invocations).toHaveLength(7);
  });
});

describe('a named stage', () => {
  it('stands in front of the path, and nothing answers without it', async () => {
    await using gateway = await startGateway({ routes: ['GET /users/{id}', 'GET /'], stage: { StageName: 'v1' } });
    expect(await statuses(`${gateway.url}/v1/users/7`, 1)).toEqual([200]);
    expect(gateway.invocations[0]?.event).toMatchObject({
      rawPath: '/v1/users/7',
      pathParameters: { id: '7' },
      requestContext: { stage: 'v1', http: { path: '/v1/users/7' } },
    });
    expect(await statuses(`${gateway.url}/v1`, 1)).toEqual([200]);
    expect(await statuses(`${gateway.url}/users/7`, 1)).toEqual([404]);
  });
});

describe('CORS', () => {
  const cors = {
    AllowOrigins: ['https://shop.example', 'http://*'],
    AllowMethods: ['GET', 'POST'],
    AllowHeaders: ['content-type'],
    ExposeHeaders: ['etag'],
    AllowCredentials: true,
    MaxAge: 300,
  };
  const start = (options: Partial<GatewayOptions> = {}) =>
    startGateway({ routes: ['GET /a'], api: { CorsConfiguration: cors }, ...options });
  const preflight = (origin: string) => ({
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST' },
  });
  const corsHeaders = (response: Response) =>
    Object.fromEntries([...response.headers].filter(([name]) => name.startsWith('access-control-')));

  it('answers a preflight itself', async () => {
    await using gateway = await start();
    const response = await fetch(`${gateway.url}/a`, preflight('https://shop.example'));
    expect(response.status).toBe(204);
    expect(corsHeaders(response)).toEqual({
      'access-control-allow-origin': 'https://shop.example',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'etag',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'content-type',
      'access-control-max-age': '300',
    });
    const foreign = await fetch(`${gateway.url}/a`, preflight('https://evil.example'));
    expect([foreign.status, corsHeaders(foreign)]).toEqual([204, {}]);
    expect(gateway.invocations).toHaveLength(0);
  });

  it('replaces the CORS headers of an integration, and covers its own refusals', async () => {
    await using gateway = await start();
    const headers = { 'access-control-allow-origin': 'https://mine' };
    gateway.answerWith(() => ({ requestId: 'r', payload: JSON.stringify({ statusCode: 200, headers }) }));
    const origin = { headers: { origin: 'http://localhost:5173' } };
    for (const path of ['/a', '/nowhere']) {
      expect(corsHeaders(await fetch(`${gateway.url}${path}`, origin))).toMatchObject({
        'access-control-allow-origin': 'http://localhost:5173',
      });
    }
    const foreign = await fetch(`${gateway.url}/a`, { headers: { origin: 'https://evil.example' } });
    expect([foreign.status, corsHeaders(foreign)]).toEqual([200, {}]);
    gateway.answerWith(() => ({ requestId: 'r', payload: JSON.stringify({ statusCode: 204, headers }) }));
    const empty = await fetch(`${gateway.url}/a`, origin);
    expect([empty.status, corsHeaders(empty)]).toMatchObject([
      204,
      { 'access-control-allow-origin': 'http://localhost:5173' },
    ]);
  });

  it('leaves OPTIONS to the routes of an API without a CORS configuration', async () => {
    await using gateway = await startGateway({ routes: ['ANY /a'] });
    expect((await fetch(`${gateway.url}/a`, preflight('https://shop.example'))).status).toBe(200);
    expect(gateway.invocations).toHaveLength(1);
  });
});

describe('the listeners', () => {
  const api = (logicalId: string) =>
    [logicalId, 'AWS::ApiGatewayV2::Api', (): JsonObject => ({ Name: logicalId, ProtocolType: 'HTTP' })] as const;

  it('give the first API the preferred port, or the next free one if it is taken, and say so', async () => {
    await using occupied = createServer();
    await new Promise<void>((resolve) => occupied.listen(0, '127.0.0.1', resolve));
    const { port } = occupied.address() as AddressInfo;
    const world = createWorld();
    await using _stopped = stopping(world);
    const service = createHttpApiService(world, { preferredPort: port });
    await createResources(service, [api('First'), api('Second')]);
    const [first, second] = service.listeners();
    expect(first).toMatchObject({ logicalId: 'First', takenPort: port });
    expect(first?.port).toBeGreaterThan(port);
    expect(second).not.toHaveProperty('takenPort');
    expect(new Set([port, first?.port, second?.port]).size).toBe(3);
  });

  it('identify an API by a stable id and its real address', async () => {
    const world = createWorld();
    await using _stopped = stopping(world);
    const service = createHttpApiService(world, { preferredPort: 0 });
    const ref = await createResources(service, [api('First')]);
    expect(ref('First')).toMatch(/^[a-z0-9]{10}$/);
    const type = service.resourceTypes.find((one) => one.type === 'AWS::ApiGatewayV2::Api');
    const resource = { stack: 'gateway', logicalId: 'First', type: '', properties: {}, metadata: {} };
    expect(type?.identify(resource).attributes.ApiEndpoint).toBe(service.listeners()[0]?.url);
  });
});

describe('what is not emulated', () => {
  it.each<[string, Partial<GatewayOptions>, string]>([
    ['a WebSocket API', { api: { ProtocolType: 'WEBSOCKET' } }, 'ProtocolType WEBSOCKET'],
    ['payload format 1.0', { routes: [{ key: 'GET /', integration: { PayloadFormatVersion: '1.0' } }] }, '1.0'],
    [
      'an HTTP_PROXY integration',
      { routes: [{ key: 'GET /', integration: { IntegrationType: 'HTTP_PROXY', IntegrationUri: 'https://x' } }] },
      'HTTP_PROXY https://x',
    ],
    ['a Lambda authorizer', { authorizer: { AuthorizerType: 'REQUEST' } }, 'AuthorizerType REQUEST'],
    ['a timeout above 30 s', { routes: [{ key: 'GET /', integration: { TimeoutInMillis: 30_001 } }] }, '30001'],
    [
      'an authorizer that is not there',
      { routes: [{ key: 'GET /', properties: { AuthorizationType: 'JWT' } }] },
      'GET /',
    ],
    ['a route key without a path', { routes: ['GET users'] }, "route key 'GET users'"],
    ['a greedy parameter before the end', { routes: ['GET /{all+}/x'] }, 'greedy parameter'],
    ['an authorization type', { routes: [{ key: 'GET /', properties: { AuthorizationType: 'CUSTOM' } }] }, 'CUSTOM'],
    ['an identity source', { authorizer: { IdentitySource: ['$context.x'] } }, "identity source '$context.x'"],
    [
      'a request parameter',
      { routes: [{ key: 'GET /', integration: { RequestParameters: { 'replace:path': '/' } } }] },
      "request parameter 'replace:path'",
    ],
    ['text for a number', { stage: { DefaultRouteSettings: { ThrottlingRateLimit: 'high' } } }, "not 'high'"],
  ])('is refused by name, place and remedy: %s', async (_name, options, message) => {
    const refused = expect(startGateway({ routes: [], ...options })).rejects;
    await refused.toThrow(message);
    await refused.toThrow(/where: .*\n {2}what to do: /);
  });
});
