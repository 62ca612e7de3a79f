import * as z from 'zod/mini';
import type { ApiContract, NamedSchema } from '../../functions/kernel/messages/contract.ts';
import { isObject, type Json, type JsonObject } from '../../functions/kernel/values/json.ts';
import type { Schema } from '../../functions/kernel/values/schema.ts';

/** What a caller sends, or what we answer. */
export type Io = 'input' | 'output';

/** Schemas of a document, of which those with a name stand among its components. */
export interface DocumentSchemas {
  /** JSON Schema 2020-12, the dialect of OpenAPI 3.1; references to components where it has named parts. */
  of(schema: Schema<unknown>, io: Io): JsonObject;
  /** Every named schema that was used so far, by name. */
  components(): JsonObject;
}

const isZod = (schema: Schema<unknown>): schema is z.core.$ZodType & Schema<unknown> =>
  schema instanceof z.core.$ZodType;

const requireZod = (schema: Schema<unknown>): z.core.$ZodType => {
  if (!isZod(schema)) throw new Error('a contract holds a schema that is not zod’s, so that it cannot be documented');
  return schema;
};

/**
 * Beside what zod says: an answer may get members that a client does not know yet, no number is bounded by what a double
 * holds, and a time is a time whatever the pattern of its digits.
 */
const forClients =
  (io: Io) =>
  ({ jsonSchema }: { readonly jsonSchema: z.core.JSONSchema.BaseSchema }): void => {
    if (io === 'output' && jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    if (jsonSchema.type === 'integer') jsonSchema.format = 'int64';
    if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
  };

const objectOf = (value: Json): JsonObject => {
  if (!isObject(value)) throw new Error('a schema is no object');
  return value;
};

const COMPONENTS = '#/components/schemas/';

/** References inside of one schema become references to components. */
const toComponents = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(toComponents);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) =>
      name === '$ref' && typeof member === 'string'
        ? [name, member.replace('#/$defs/', COMPONENTS)]
        : [name, toComponents(member)],
    ),
  );
};

const namedIn = (apis: readonly ApiContract[]): readonly [string, NamedSchema][] =>
  apis.flatMap(({ description }) => Object.entries(description?.schemas ?? {}));

const registryOf = (schemas: readonly [string, NamedSchema][]): z.core.$ZodRegistry<{ id: string }> => {
  const registry = z.registry<{ id: string }>();
  const known = new Map<string, z.core.$ZodType>();
  for (const [id, { schema }] of schemas) {
    const named = requireZod(schema);
    if ((known.get(id) ?? named) !== named) throw new Error(`two schemas of the document have the name ${id}`);
    known.set(id, named);
    registry.add(named, { id });
  }
  return registry;
};

/** Throws an Error for a name that two schemas have. */
export const documentSchemas = (apis: readonly ApiContract[]): DocumentSchemas => {
  const schemas = namedIn(apis);
  const metadata = registryOf(schemas);
  const examples = new Map(schemas.map(([name, { example }]) => [name, example]));
  const components = new Map<string, JsonObject>();

  const keep = (name: string, generated: Json): void => {
    const example = examples.get(name);
    const component = { ...objectOf(toComponents(generated)), ...(example && { examples: [example] }) };
    const before = components.get(name);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(component))
      throw new Error(`${name} is asked for in one form and answered in another`);
    components.set(name, component);
  };

  return {
    of: (schema, io) => {
      const generated = z.toJSONSchema(requireZod(schema), { io, metadata, override: forClients(io) });
      const { $schema: _dialect, $defs = {}, ...own } = objectOf(JSON.parse(JSON.stringify(generated)));
      for (const [name, component] of Object.entries(objectOf($defs))) keep(name, component);
      return objectOf(toComponents(own));
    },
    components: () => Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
};
