export interface RouteMatch<T> {
  readonly value: T;
  /** Absent when the route has no path parameter. */
  readonly pathParameters?: Readonly<Record<string, string>>;
}

export interface RouteTable<T> {
  /** `path` is decoded and starts with a slash. */
  match(method: string, path: string): RouteMatch<T> | undefined;
}

interface Entry<T> {
  readonly value: T;
  readonly names: readonly string[];
}

interface Branch<T> {
  readonly literals: Map<string, Branch<T>>;
  parameter: Branch<T> | undefined;
  /** By method, `ANY` among them. */
  readonly here: Map<string, Entry<T>>;
  readonly greedy: Map<string, Entry<T>>;
}

const branch = <T>(): Branch<T> => ({
  literals: new Map(),
  parameter: undefined,
  here: new Map(),
  greedy: new Map(),
});

const forMethod = <T>(entries: Map<string, Entry<T>>, method: string) => entries.get(method) ?? entries.get('ANY');

const VARIABLE = /^\{([^+}]+)(\+?)\}$/;

/** What is wrong with a route key, or undefined. */
export const routeKeyProblem = (routeKey: string): string | undefined => {
  if (routeKey === '$default') return undefined;
  const [, path = ''] = routeKey.split(' ');
  if (!path.startsWith('/')) return `route key '${routeKey}' is not '<METHOD> /<path>' or '$default'`;
  const greedy = path.split('/').findIndex((segment) => VARIABLE.exec(segment)?.[2] === '+');
  const isLast = greedy === -1 || greedy === path.split('/').length - 1;
  return isLast ? undefined : `route key '${routeKey}' has a greedy parameter before its end`;
};

const plant = <T>(root: Branch<T>, routeKey: string, value: T) => {
  const [method = '', path = ''] = routeKey.split(' ');
  const names: string[] = [];
  let at = root;
  const segments = path.slice(1).split('/');
  for (const segment of segments) {
    const variable = VARIABLE.exec(segment);
    if (!variable) {
      const next = at.literals.get(segment) ?? branch<T>();
      at.literals.set(segment, next);
      at = next;
      continue;
    }
    names.push(variable[1] ?? '');
    if (variable[2] === '+') {
      at.greedy.set(method, { value, names });
      return;
    }
    at.parameter ??= branch<T>();
    at = at.parameter;
  }
  at.here.set(method, { value, names });
};

interface Found<T> {
  readonly entry: Entry<T>;
  readonly values: readonly string[];
}

const find = <T>(
  at: Branch<T>,
  method: string,
  segments: readonly string[],
  index: number,
  values: readonly string[],
): Found<T> | undefined => {
  const segment = segments[index];
  if (segment === undefined) {
    const entry = forMethod(at.here, method);
    return entry && { entry, values };
  }
  const literal = at.literals.get(segment);
  const found = literal && find(literal, method, segments, index + 1, values);
  if (found) return found;
  if (segment !== '' && at.parameter) {
    const deeper = find(at.parameter, method, segments, index + 1, [...values, segment]);
    if (deeper) return deeper;
  }
  const rest = segments.slice(index).join('/');
  const entry = rest === '' ? undefined : forMethod(at.greedy, method);
  return entry && { entry, values: [...values, rest] };
};

/**
 * API Gateway's choice among the routes of an HTTP API: literal over parameter over greedy, at each the exact method over
 * ANY, `$default` last. A greedy parameter needs at least one character.
 */
export const createRouteTable = <T>(routes: Iterable<readonly [routeKey: string, value: T]>): RouteTable<T> => {
  const root = branch<T>();
  let fallback: T | undefined;
  for (const [routeKey, value] of routes) {
    if (routeKey === '$default') fallback = value;
    else plant(root, routeKey, value);
  }
  return {
    match: (method, path) => {
      const found = find(root, method, path.slice(1).split('/'), 0, []);
      if (!found) return fallback === undefined ? undefined : { value: fallback };
      const { value, names } = found.entry;
      if (names.length === 0) return { value };
      const pathParameters: Record<string, string> = {};
      for (const [index, name] of names.entries()) pathParameters[name] = found.values[index] ?? '';
      return { value, pathParameters };
    },
  };
};
