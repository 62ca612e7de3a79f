import { isId } from '../../kernel/values/ids.ts';

/** The gateway's name of a route, its versioned name, and what the gateway rewrites both to. */
const PREFIX = /^(?:\/api)?(?:\/v([1-9]\d{0,3}))?(?=\/)/;

export interface RoutePath {
  /** As the contract has it, with its parameters filled in. */
  readonly path: string;
  /** 1 where the path names none. */
  readonly version: number;
}

/** As it was asked for: a stage other than `$default` is the first segment of `rawPath`. */
export const askedPath = (rawPath: string, stage: string): string =>
  rawPath.startsWith(`/${stage}/`) ? rawPath.slice(stage.length + 1) : rawPath;

export const routePath = (rawPath: string, stage: string): RoutePath => {
  const path = askedPath(rawPath, stage);
  const [prefix = '', version = '1'] = PREFIX.exec(path) ?? [];
  return { path: path.slice(prefix.length), version: Number(version) };
};

/** The parameters of a path that has the template's shape; undefined for another path or an id that cannot be ours. */
export const matchPath = (template: string, path: string): Record<string, string> | undefined => {
  const expected = template.split('/');
  const actual = path.split('/');
  if (actual.at(-1) === '' && actual.length === expected.length + 1) actual.pop();
  if (actual.length !== expected.length) return undefined;
  const params: Record<string, string> = {};
  for (const [position, segment] of expected.entries()) {
    const value = actual[position] ?? '';
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name === undefined ? value !== segment : !isId(value)) return undefined;
    if (name !== undefined) params[name] = value;
  }
  return params;
};
