import { describe, expect, it } from '@jest/globals';
import { allowedMethods, unrouted } from '../../../functions/gateway/domain/unrouted.ts';

const ROUTES = [
  { method: 'GET', path: '/boats/{id}' },
  { method: 'PATCH', path: '/boats/{id}' },
  { method: 'POST', path: '/boats' },
];

describe('a request that no route took', () => {
  it.each(['/', '/planes', '/boats/7/crew', '/boats/', '/boats/7/'])('has no such path: %s', (path) => {
    expect(unrouted(ROUTES, 'GET', path)).toMatchObject({
      outcome: 'not_found',
      detail: 'There is no such resource.',
    });
  });

  it('has no such path for any method when an id is empty', () => {
    expect(unrouted(ROUTES, 'POST', '/boats/')).toMatchObject({ outcome: 'not_found' });
  });

  it('uses a method that the path does not take, and is told those that it does', () => {
    expect(unrouted([...ROUTES].reverse(), 'DELETE', '/boats/7')).toEqual({
      outcome: 'method_not_allowed',
      code: 'method-not-allowed',
      allow: ['GET', 'HEAD', 'OPTIONS', 'PATCH'],
      detail: 'This resource takes GET, HEAD, OPTIONS, PATCH, not DELETE.',
    });
  });

  it('may ask by OPTIONS which methods a path takes', () => {
    expect(allowedMethods(ROUTES, '/boats')).toEqual(['OPTIONS', 'POST']);
    expect(allowedMethods(ROUTES, '/planes')).toEqual([]);
  });

  it('is not there when its service is not deployed', () => {
    expect(unrouted(ROUTES, 'GET', '/boats/7')).toMatchObject({ outcome: 'not_found' });
  });
});
