import { isId } from '../../kernel/values/ids.ts';

/** The gateway's name of a route, its versioned name, and what the gateway rewrites both to. */
const PREFIX = /^(?:\/api)?(?:\/v\d+)?(?=\/)/;

/** A stage other than `$default` is the first segment of `rawPath`. */
export const pathOf = (rawPath: string, stage: string): string => {
  const path = rawPath.startsWith(`/${stage}/`) ? rawPath.slice(stage.length + 1) : rawPath;
  return path.replace(PREFIX, '');
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
