import { isList, isObject, type Json, type JsonObject } from '../values/json.ts';

/** DynamoDB's own notation of a JSON value, as its API and its streams write it. */
export type AttributeValue =
  | { readonly S: string }
  | { readonly N: string }
  | { readonly BOOL: boolean }
  | { readonly NULL: true }
  | { readonly L: AttributeValue[] }
  | { readonly M: Record<string, AttributeValue> };

export type Attributes = Record<string, AttributeValue>;

/** Throws a RangeError for a number that DynamoDB cannot hold. */
const numberText = (value: number): string => {
  if (!Number.isFinite(value)) throw new RangeError(`${value} is not a number that a table can hold`);
  return String(value);
};

export const marshal = (value: Json): AttributeValue => {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: numberText(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  return isList(value) ? { L: value.map(marshal) } : { M: marshalItem(value) };
};

/** Members that are undefined are left out, as JSON.stringify does. */
export const marshalItem = (item: JsonObject): Attributes =>
  Object.fromEntries(
    Object.entries(item)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, marshal(value)]),
  );

/** Throws a TypeError for sets and binary, which this project never writes. */
const unmarshal = (attribute: unknown): Json => {
  const value: Record<string, unknown> = isObject(attribute) ? attribute : {};
  if (typeof value.S === 'string') return value.S;
  if (typeof value.N === 'string') return Number(value.N);
  if (typeof value.BOOL === 'boolean') return value.BOOL;
  if (value.NULL === true) return null;
  if (Array.isArray(value.L)) return value.L.map(unmarshal);
  if (isObject(value.M)) return unmarshalItem(value.M);
  throw new TypeError(`an attribute of kind ${Object.keys(value).join()} has no JSON form`);
};

export const unmarshalItem = (attributes: Readonly<Record<string, unknown>>): JsonObject =>
  Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, unmarshal(value)]));
