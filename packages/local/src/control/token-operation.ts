import { isObject, type JsonObject } from '../core/json.ts';
import type { TokenRequest } from '../core/ports.ts';
import { type ControlOperation, ControlRefusal } from './control-operation.ts';

const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((name) => typeof name === 'string');

const FIELDS: Readonly<Record<string, { readonly isValid: (value: unknown) => boolean; readonly shape: string }>> = {
  sub: { isValid: (value) => typeof value === 'string' && value !== '', shape: 'a text' },
  scope: { isValid: (value) => typeof value === 'string', shape: 'scopes separated by spaces' },
  groups: { isValid: isNames, shape: 'a list of texts' },
  expiresInSeconds: { isValid: (value) => typeof value === 'number', shape: 'a number' },
  claims: { isValid: isObject, shape: 'an object' },
  header: { isValid: isObject, shape: 'an object' },
};

const tokenRequestOf = (body: JsonObject): TokenRequest => {
  for (const [name, value] of Object.entries(body)) {
    const field = FIELDS[name];
    if (!field) throw new ControlRefusal(400, `${name} is unknown; there is ${Object.keys(FIELDS).join(', ')}`);
    if (!field.isValid(value)) throw new ControlRefusal(400, `${name} must be ${field.shape}`);
  }
  const { sub, scope, groups, expiresInSeconds, claims, header } = body;
  if (typeof sub !== 'string') throw new ControlRefusal(400, 'sub is missing: whose token is it?');
  return {
    sub,
    ...(typeof scope === 'string' && { scope }),
    ...(isNames(groups) && { groups }),
    ...(typeof expiresInSeconds === 'number' && { expiresInSeconds }),
    ...(isObject(claims) && { claims }),
    ...(isObject(header) && { header }),
  };
};

/** `{sub, scope?, groups?, expiresInSeconds?, claims?, header?}` → `{accessToken}`. */
export const tokenOperation: ControlOperation = {
  method: 'POST',
  run: async ({ world }, body) => ({ body: { accessToken: await world.need('issuers').issue(tokenRequestOf(body)) } }),
};
