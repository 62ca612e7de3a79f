import { objectOf, textOf } from '../../../assembly/values.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';

const EXPRESSIONS = ['ProjectionExpression', 'UpdateExpression', 'ConditionExpression', 'FilterExpression'];

const WORDS = new Set([
  ...['set', 'remove', 'add', 'delete', 'and', 'or', 'not', 'between', 'in', 'size', 'contains', 'begins_with'],
  ...['attribute_exists', 'attribute_not_exists', 'attribute_type', 'if_not_exists', 'list_append'],
]);

/** A name or `#placeholder` that begins a path; what follows a dot belongs to it. */
const NAME = /(?<![\w:.#])(#?[A-Za-z_]\w*)/g;

const namesIn = (expression: string, names: JsonObject): readonly string[] =>
  [...expression.matchAll(NAME)]
    .map(([, name = '']) => textOf(names[name]) ?? name)
    .filter((name) => !WORDS.has(name.toLowerCase()));

/** The attributes at the top of an item that a request names. */
export const attributesIn = (request: JsonObject): readonly string[] => {
  const names = objectOf(request.ExpressionAttributeNames);
  const written = EXPRESSIONS.flatMap((member) => namesIn(textOf(request[member]) ?? '', names));
  return [...new Set([...Object.keys(objectOf(request.Item ?? request.Key)), ...written])];
};

/** `{"S": "ORDER#1"}` as text. */
export const textOfAttribute = (value: Json | undefined): string | undefined => {
  const [inner] = isObject(value) ? Object.values(value) : [];
  return inner === undefined ? undefined : String(inner);
};

/** `pk = :order`, with or without a placeholder for the name. */
const EQUALITY = /(#?\w+)\s*=\s*(:\w+)/g;

/** The value that a query wants of its partition key. */
export const partitionWanted = (query: JsonObject, keyName: string | undefined): string | undefined => {
  const older = objectOf(objectOf(query.KeyConditions)[keyName ?? '']).AttributeValueList;
  if (Array.isArray(older)) return textOfAttribute(older[0]);
  const names = objectOf(query.ExpressionAttributeNames);
  for (const [, name = '', value = ''] of (textOf(query.KeyConditionExpression) ?? '').matchAll(EQUALITY)) {
    if ((textOf(names[name]) ?? name) === keyName)
      return textOfAttribute(objectOf(query.ExpressionAttributeValues)[value]);
  }
  return undefined;
};
