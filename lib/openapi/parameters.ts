import type { RouteContract } from '../../functions/kernel/messages/contract.ts';
import type { Operation } from '../../functions/kernel/messages/operations.ts';
import { isObject, type JsonObject } from '../../functions/kernel/values/json.ts';
import type { Schema } from '../../functions/kernel/values/schema.ts';
import type { DocumentSchemas } from './schema.ts';

/** An object's properties as parameters, with their examples; those in a path are always required. */
const parametersIn = (
  schemas: DocumentSchemas,
  place: 'path' | 'query',
  schema: Schema<unknown> | undefined,
  examples: Readonly<Record<string, string>> = {},
): readonly object[] => {
  if (schema === undefined) return [];
  const { properties, required } = schemas.of(schema, 'input');
  const names = Array.isArray(required) ? required : [];
  return Object.entries(isObject(properties) ? properties : {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || names.includes(name),
    schema: property,
    ...(Object.hasOwn(examples, name) ? { example: examples[name] } : {}),
  }));
};

const TAG = '"[1-9][0-9]{0,14}(-[0-9a-f]{16})?"';

const ANY_TAGS = { pattern: `^(\\*|(W/)?${TAG}(, (W/)?${TAG})*)$` };

const header = (name: string, required: boolean, description: string, schema: JsonObject, example: string): object => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string', ...schema },
  example,
});

const idempotencyKey = header(
  'Idempotency-Key',
  true,
  'Names this request: sent again, with the same body, it has one effect and the same answer.',
  { minLength: 1, maxLength: 255, pattern: '^[!#-+\\--\\[\\]-~]+$' },
  'b5a1c1c0-5d0e-4f6e-9c0f-0a4b4c8d9e2f',
);

const ifMatch = (required: boolean): object =>
  header(
    'If-Match',
    required,
    'The ETag of the version that the change is meant for, a list of them, or * for any.',
    { pattern: `^(\\*|${TAG}(, ${TAG})*)$` },
    '"1"',
  );

const ifNoneMatch = (description: string, schema: JsonObject, example: string): object =>
  header('If-None-Match', false, description, schema, example);

/** Whether reads of it can be conditional: the answer has an ETag. */
export const hasEtag = ({ method, answers }: Pick<RouteContract, 'method' | 'answers'>): boolean =>
  method === 'GET' && Object.values(answers).some(({ headers }) => headers?.includes('etag') ?? false);

const headerParameters = (route: Operation): readonly object[] => [
  ...(route.idempotencyKey === 'required' ? [idempotencyKey] : []),
  ...(route.ifMatch === undefined ? [] : [ifMatch(route.ifMatch === 'required')]),
  ...(route.method === 'PUT' && route.ifMatch !== undefined
    ? [ifNoneMatch('* adds, and changes nothing that is there.', ANY_TAGS, '*')]
    : []),
  ...(hasEtag(route)
    ? [ifNoneMatch('The ETag of what the caller has: it is sent again only when it differs.', {}, '"1"')]
    : []),
];

/** What an operation takes beside its body. */
export const parametersOf = (schemas: DocumentSchemas, route: Operation): readonly object[] => [
  ...parametersIn(schemas, 'path', route.params, route.example?.params),
  ...parametersIn(schemas, 'query', route.query, route.example?.query),
  ...headerParameters(route),
];
