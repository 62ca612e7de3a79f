import { isObject, type JsonObject } from './json.ts';

/*
 * Members of a stored object that must be there and of their type. Each throws an Error that names the member and never
 * shows its content.
 */

const unreadable = (name: string): Error => new Error(`the member ${name} is missing or of another type`);

export const textIn = (from: JsonObject, name: string): string => {
  const value = from[name];
  if (typeof value !== 'string') throw unreadable(name);
  return value;
};

export const numberIn = (from: JsonObject, name: string): number => {
  const value = from[name];
  if (typeof value !== 'number') throw unreadable(name);
  return value;
};

export const objectIn = (from: JsonObject, name: string): JsonObject => {
  const value = from[name];
  if (!isObject(value)) throw unreadable(name);
  return value;
};
