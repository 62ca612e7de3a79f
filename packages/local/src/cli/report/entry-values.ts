import { isObject, type JsonObject } from '../../core/json.ts';

export const textIn = (entry: JsonObject | undefined, name: string): string | undefined => {
  const value = entry?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

export const numberIn = (entry: JsonObject | undefined, name: string): number | undefined => {
  const value = entry?.[name];
  return typeof value === 'number' ? value : undefined;
};

export const objectIn = (entry: JsonObject | undefined, name: string): JsonObject | undefined => {
  const value = entry?.[name];
  return isObject(value) ? value : undefined;
};
