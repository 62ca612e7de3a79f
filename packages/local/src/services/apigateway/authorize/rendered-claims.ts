import { isObject, type Json, type JsonObject } from '../../../core/json.ts';

const render = (value: Json): string => {
  if (Array.isArray(value)) return `[${value.map(render).join(' ')}]`;
  if (isObject(value)) {
    const members = Object.keys(value).sort();
    return `map[${members.map((name) => `${name}:${render(value[name] ?? null)}`).join(' ')}]`;
  }
  return value === null ? '<nil>' : String(value);
};

/** Claims as `requestContext.authorizer.jwt.claims` shows them: all strings, lists as `[a b]`. */
export const renderClaims = (claims: JsonObject): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, render(value)]));
