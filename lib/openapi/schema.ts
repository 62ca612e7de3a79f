import * as z from 'zod/mini';
import { isObject } from '../../functions/kernel/values/json.ts';
import type { Schema } from '../../functions/kernel/values/schema.ts';

const isZod = (schema: Schema<unknown>): schema is z.core.$ZodType & Schema<unknown> =>
  schema instanceof z.core.$ZodType;

/** JSON Schema 2020-12, the dialect of OpenAPI 3.1. `input` is what a caller sends, `output` what we answer. */
export const jsonSchema = (schema: Schema<unknown>, io: 'input' | 'output'): Readonly<Record<string, unknown>> => {
  if (!isZod(schema)) throw new Error('a contract holds a schema that is not zod’s, so that it cannot be documented');
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
};

/** An object's properties as parameters, with their examples; those in a path are always required. */
export const parametersIn = (
  place: 'path' | 'query',
  schema: Schema<unknown> | undefined,
  examples: Readonly<Record<string, string>> = {},
): readonly object[] => {
  if (schema === undefined) return [];
  const { properties, required } = jsonSchema(schema, 'input');
  const names = Array.isArray(required) ? required : [];
  return Object.entries(isObject(properties) ? properties : {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || names.includes(name),
    schema: property,
    ...(Object.hasOwn(examples, name) ? { example: examples[name] } : {}),
  }));
};
