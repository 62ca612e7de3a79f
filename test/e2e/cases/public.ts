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
