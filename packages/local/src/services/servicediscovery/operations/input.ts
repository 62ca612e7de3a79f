import { objectOf, textReader } from '../../../assembly/values.ts';
import { AwsError } from '../../../core/aws-call.ts';
import { isList, isObject, type Json, type JsonObject } from '../../../core/json.ts';

export const requiredText = textReader((name) => new AwsError('InvalidInput', `${name} is required`));

export const optionalNumber = (input: JsonObject, name: string): number | undefined => {
  const value = input[name];
  return typeof value === 'number' ? value : undefined;
};

/** A map of strings; an absent one is empty. */
export const textMap = (value: Json | undefined, name: string): Readonly<Record<string, string>> => {
  const entries = Object.entries(objectOf(value));
  return Object.fromEntries(
    entries.map(([key, member]) => {
      if (typeof member !== 'string') throw new AwsError('InvalidInput', `${name}.${key} must be a string`);
      return [key, member];
    }),
  );
};

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: { readonly NextToken?: string };
}

/** One page of at most MaxResults (default and maximum 100); the token is the position to go on from. */
export const pageOf = <T>(all: readonly T[], input: JsonObject): Page<T> => {
  const size = Math.min(optionalNumber(input, 'MaxResults') ?? 100, 100);
  const from = Number(typeof input.NextToken === 'string' ? input.NextToken : 0);
  if (!Number.isInteger(from) || size < 1) throw new AwsError('InvalidInput', 'NextToken or MaxResults is not valid');
  const to = from + size;
  return { items: all.slice(from, to), next: to < all.length ? { NextToken: String(to) } : {} };
};

/** What the filters of a List operation want of one name, e.g. NAMESPACE_ID, or undefined when they do not ask. */
export const filterOf = (input: JsonObject, name: string): readonly string[] | undefined => {
  const filters = isList(input.Filters) ? input.Filters : [];
  const filter = filters.filter(isObject).find((candidate) => candidate.Name === name);
  return filter && Array.isArray(filter.Values) ? filter.Values.map(String) : undefined;
};
