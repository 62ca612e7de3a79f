import { notFound, type Refusal } from '../../kernel/values/errors.ts';

/** One route of the API as the gateway knows it: `GET`, `/v1/users/{id}`. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

const matches = (template: string, path: string): boolean => {
  const expected = template.split('/');
  const actual = path.split('/');
  return (
    expected.length === actual.length &&
    expected.every((segment, position) =>
      segment.startsWith('{') ? actual[position] !== '' : segment === actual[position],
    )
  );
};

/** HEAD is answered wherever GET is, and OPTIONS by whatever is there. */
const withImplied = (methods: ReadonlySet<string>): readonly string[] =>
  methods.size === 0 ? [] : [...methods, ...(methods.has('GET') ? ['HEAD'] : []), 'OPTIONS'].sort();

/** The methods that the API knows for a path, in alphabetical order; none when it has no such path. */
export const allowedMethods = (routes: readonly Route[], path: string): readonly string[] =>
  withImplied(new Set(routes.filter((route) => matches(route.path, path)).map(({ method }) => method)));

/** Why a request that no route took is turned down: the path is unknown, or it does not take the method. */
export const unrouted = (routes: readonly Route[], method: string, path: string): Refusal => {
  const allow = allowedMethods(routes, path);
  // A route of a service that is not deployed is not there, although the gateway knows it.
  if (allow.length === 0 || allow.includes(method)) return notFound('resource');
  return {
    outcome: 'method_not_allowed',
    code: 'method-not-allowed',
    detail: `This resource takes ${allow.join(', ')}, not ${method}.`,
    allow,
  };
};
