import { isList, isObject, type Json, type JsonObject } from './json.ts';

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

export const listIn = <T>(from: JsonObject, name: string, itemOf: (item: Json) => T): readonly T[] => {
  const value = from[name];
  if (!isList(value)) throw unreadable(name);
  return value.map(itemOf);
};

export const oneOf = <const T extends string>(from: JsonObject, name: string, allowed: readonly T[]): T => {
  const found = allowed.find((each) => each === from[name]);
  if (found === undefined) throw unreadable(name);
  return found;
};
