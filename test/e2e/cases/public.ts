import { expect, it } from '@jest/globals';
import type { Client } from '../client.ts';

/** What any caller must find at the API, without a token and so without anybody's leave. */
export const publicCases = (anonymous: () => Client): void => {
  it('is alive and ready without a token', async () => {
    expect((await anonymous()('GET', '/health/live')).status).toBe(200);
    expect((await anonymous()('GET', '/health/ready')).status).toBe(200);
  });

  it('publishes an OpenAPI 3.1 document of every route', async () => {
    const { status, body } = await anonymous()('GET', '/openapi.json');
    expect(status).toBe(200);
    expect(body.openapi).toMatch(/^3\.1/);
    expect(Object.keys(body.paths ?? {})).toEqual(
      expect.arrayContaining(['/users', '/products/{sku}', '/orders/{id}']),
    );
  });

  it('answers HEAD as it answers GET, without the content', async () => {
    for (const path of ['/health/live', '/openapi.json', '/v1/products']) {
      const [got, asked] = [await anonymous()('GET', path), await anonymous()('HEAD', path)];
      expect([path, asked.status, asked.text]).toEqual([path, 200, '']);
      expect(asked.headers.get('content-type')).toBe(got.headers.get('content-type'));
    }
    expect((await anonymous()('HEAD', '/products/no-such-product')).status).toBe(404);
    expect((await anonymous()('HEAD', '/users')).status).toBe(405);
    expect((await anonymous()('HEAD', '/nowhere')).status).toBe(404);
  });

  it('answers by OPTIONS which methods there are', async () => {
    const reply = await anonymous()('OPTIONS', '/users');
    expect([reply.status, reply.headers.get('allow')]).toEqual([204, 'OPTIONS, POST']);
    expect((await anonymous()('OPTIONS', '/products/any')).headers.get('allow')).toBe('GET, HEAD, OPTIONS, PUT');
    expect((await anonymous()('OPTIONS', '/nowhere')).status).toBe(404);
  });

  it('lets pages of any origin call, with every header that a request may have, and read what they need', async () => {
    const headers = {
      origin: 'https://shop.example',
      'access-control-request-method': 'PATCH',
      'access-control-request-headers': 'authorization,content-type,if-match',
    };
    const preflight = await anonymous()('OPTIONS', '/users/ada', { headers });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(preflight.headers.get('access-control-allow-headers')).toMatch(/authorization.*content-type.*if-match/);
    for (const path of ['/products', '/orders', '/nowhere']) {
      const reply = await anonymous()('GET', path, { headers: { origin: 'https://shop.example' } });
      expect([path, reply.headers.get('access-control-allow-origin')]).toEqual([path, '*']);
      expect(reply.headers.get('access-control-expose-headers')).toMatch(/etag.*location.*x-correlation-id/);
    }
  });

  it('names the resource of a problem by a URI reference', async () => {
    const reply = await anonymous()('GET', '/a%20b%0ac');
    expect([reply.status, reply.body.instance]).toEqual([404, '/a%20b%0Ac']);
  });

  it('answers an unknown path with a 404 problem and an unknown method with 405 and Allow', async () => {
    const missing = await anonymous()('GET', '/nowhere');
    expect(missing.status).toBe(404);
    expect(missing.headers.get('content-type')).toContain('application/problem+json');
    const method = await anonymous()('DELETE', '/products');
    expect(method.status).toBe(405);
    expect(method.headers.get('allow')).toContain('GET');
  });

  it.each(['GET', 'POST', 'DELETE'])('has nothing of a version that is not served, for %s', async (method) => {
    for (const path of ['/v9/products', '/v2/users', '/v1', '/api/products'])
      expect((await anonymous()(method, path)).status).toBe(404);
  });

  it.each([
    ['no token', {}],
    ['not a token', { authorization: 'Bearer nonsense' }],
  ])('answers %s with 401 and WWW-Authenticate', async (_name, headers) => {
    const reply = await anonymous()('GET', '/orders', { headers });
    expect(reply.status).toBe(401);
    expect(reply.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });
};
