import { isObject, type Json, type JsonObject } from '../../core/json.ts';

/** CloudFormation gives numbers as numbers or as text. */
export const numberOf = (value: Json | undefined): number | undefined => {
  if (value === undefined || value === null || value === '') return undefined;
  const number = Number(value);
  if (Number.isNaN(number)) throw new Error(`${JSON.stringify(value)} is not a number`);
  return number;
};

export const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : String(value ?? ''));

export const listOf = (value: Json | undefined): readonly string[] => (Array.isArray(value) ? value.map(textOf) : []);

export const objectOf = (value: Json | undefined): JsonObject => (isObject(value) ? value : {});
