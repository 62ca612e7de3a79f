import { isObject, type Json } from './json.ts';

/** The same text for the same value, whatever the order of its keys (after RFC 8785). */
export const canonicalJson = (value: Json | undefined): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? '';
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`);
  return `{${members.join(',')}}`;
};
