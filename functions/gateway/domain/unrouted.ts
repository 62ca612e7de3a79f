import { notFound, type Refusal } from '../../kernel/values/errors.ts';
import { allowedMethods, type Route } from './route-table.ts';

/** Why a request that no route took is turned down: the path is unknown, or it does not take the method. */
export const unrouted = (routes: readonly Route[], method: string, path: string): Refusal => {
  const allow = allowedMethods(routes, path);
  // A route of a service that is not deployed is not there, although the gateway has heard of it.
  if (allow.length === 0 || allow.includes(method)) return notFound('resource');
  return {
    outcome: 'method_not_allowed',
    code: 'method-not-allowed',
    detail: `This resource takes ${allow.join(', ')}, not ${method}.`,
    allow,
  };
};
