/** One route of the API as the gateway knows it: `GET`, `/users/{id}`. */
export interface Route {
  readonly method: string;
  readonly path: string;
}

const matches = (template: string, path: string): boolean => {
  const expected = template.split('/');
  const actual = path.split('/');
  return (
    expected.length === actual.length &&
    expected.every((segment, position) => segment.startsWith('{') || segment === actual[position])
  );
};

/** The methods that the API knows for a path, in alphabetical order; none when it has no such path. */
export const allowedMethods = (routes: readonly Route[], path: string): readonly string[] =>
  [...new Set(routes.filter((route) => matches(route.path, path)).map(({ method }) => method))].sort();
