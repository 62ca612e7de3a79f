import { describe, expect, it } from '@jest/globals';
import { createRouteTable, routeKeyProblem } from '../../src/services/apigateway/route-table.ts';

const table = (...routeKeys: string[]) => createRouteTable(routeKeys.map((key) => [key, key] as const));

describe('the choice of a route', () => {
  const routes = table(
    'GET /pets/dog/1',
    'GET /pets/dog/{id}',
    'GET /pets/{proxy+}',
    'ANY /pets/dog/{id}',
    'ANY /{proxy+}',
    'GET /',
    '$default',
  );

  it.each([
    ['GET', '/pets/dog/1', 'GET /pets/dog/1', undefined],
    ['GET', '/pets/dog/2', 'GET /pets/dog/{id}', { id: '2' }],
    ['POST', '/pets/dog/2', 'ANY /pets/dog/{id}', { id: '2' }],
    ['POST', '/pets/dog/1', 'ANY /pets/dog/{id}', { id: '1' }],
    ['GET', '/pets/cat/1', 'GET /pets/{proxy+}', { proxy: 'cat/1' }],
    ['POST', '/pets/cat/1', 'ANY /{proxy+}', { proxy: 'pets/cat/1' }],
    ['GET', '/pets', 'ANY /{proxy+}', { proxy: 'pets' }],
    ['GET', '/', 'GET /', undefined],
    ['POST', '/', '$default', undefined],
  ])('%s %s goes to %s', (method, path, routeKey, pathParameters) => {
    expect(routes.match(method, path)).toEqual({ value: routeKey, ...(pathParameters && { pathParameters }) });
  });

  it('prefers a parameter to a greedy one in the same place', () => {
    const both = table('GET /pets/{proxy+}', 'GET /pets/{id}');
    expect(both.match('GET', '/pets/7')).toEqual({ value: 'GET /pets/{id}', pathParameters: { id: '7' } });
    expect(both.match('GET', '/pets/7/toys')?.value).toBe('GET /pets/{proxy+}');
  });

  it('does not give a bare path to a greedy parameter', () => {
    const greedy = table('ANY /users/{proxy+}');
    expect(greedy.match('GET', '/users')).toBeUndefined();
    expect(greedy.match('GET', '/users/')).toBeUndefined();
    expect(greedy.match('GET', '/users/1/x')?.pathParameters).toEqual({ proxy: '1/x' });
  });

  it('does not give an empty segment to a parameter, nor a longer path', () => {
    const one = table('GET /users/{id}');
    expect(one.match('GET', '/users/')).toBeUndefined();
    expect(one.match('GET', '/users/1/orders')).toBeUndefined();
    expect(one.match('DELETE', '/users/1')).toBeUndefined();
  });

  it('comes back from a literal branch that leads nowhere', () => {
    const both = table('GET /a/b/c', 'GET /a/{x}/d');
    expect(both.match('GET', '/a/b/d')).toEqual({ value: 'GET /a/{x}/d', pathParameters: { x: 'b' } });
  });

  it('keeps the names that each route gives its parameters', () => {
    const named = table('GET /users/{id}', 'POST /users/{userId}');
    expect(named.match('POST', '/users/7')?.pathParameters).toEqual({ userId: '7' });
  });

  it('names what is wrong with a route key', () => {
    expect(routeKeyProblem('GET /{all+}/x')).toMatch('greedy');
    expect(routeKeyProblem('GET users')).toMatch("'<METHOD> /<path>'");
    expect(['$default', 'GET /', 'ANY /a/{b}/{c+}'].map(routeKeyProblem)).toEqual([undefined, undefined, undefined]);
  });
});
