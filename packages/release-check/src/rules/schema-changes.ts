import { isObject, type Json, listOf } from '@archipelago/house-rules';
import type { Compare } from './schema-change.ts';
import { objectChanges } from './schema-object-changes.ts';
import { rangeChanges, typeChanges, valueChanges } from './schema-value-changes.ts';

const ANNOTATIONS = ['$schema', '$id', 'title', 'description', 'examples', 'default', 'deprecated'];

/** Compared elsewhere, each by what it means. */
const UNDERSTOOD = new Set([
  ...['type', 'enum', 'const', 'anyOf', 'oneOf', 'items', 'properties', 'required', 'additionalProperties'],
  ...['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'],
  ...['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'],
]);

const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

const bare = (schema: Json): Json =>
  isObject(schema) ? Object.fromEntries(Object.entries(schema).filter(([key]) => !ANNOTATIONS.includes(key))) : schema;

const variantsOf = (schema: { readonly [key: string]: Json }): readonly Json[] =>
  listOf(schema.anyOf ?? schema.oneOf ?? [schema]).map(bare);

const unionChanges: Compare = (before, after, pointer) => {
  if (!isObject(before) || !isObject(after)) return [];
  const [earlier, later] = [variantsOf(before), variantsOf(after)];
  const gone = earlier.filter((variant) => !later.some((each) => same(each, variant)));
  const come = later.filter((variant) => !earlier.some((each) => same(each, variant)));
  const [onlyGone] = gone;
  const [onlyCome] = come;
  if (gone.length === 1 && come.length === 1 && onlyGone !== undefined && onlyCome !== undefined) {
    return schemaChanges(onlyGone, onlyCome, pointer);
  }
  return [
    ...(gone.length > 0
      ? [{ pointer, effect: 'accepts less' as const, detail: 'no longer takes one of its forms' }]
      : []),
    ...(come.length > 0 ? [{ pointer, effect: 'accepts more' as const, detail: 'takes a form that is new' }] : []),
  ];
};

/** Patterns, formats and whatever else cannot be ordered: equal, there, or not there. */
const otherChanges: Compare = (before, after, pointer) => {
  if (!isObject(before) || !isObject(after)) return [];
  const keywords = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keywords]
    .filter((keyword) => !UNDERSTOOD.has(keyword) && !ANNOTATIONS.includes(keyword))
    .filter((keyword) => !same(before[keyword], after[keyword]))
    .map((keyword) => {
      const effect =
        before[keyword] === undefined ? 'accepts less' : after[keyword] === undefined ? 'accepts more' : 'differs';
      return { pointer, effect, detail: `has another ${keyword}` };
    });
};

const isUnion = (schema: Json): boolean =>
  isObject(schema) && (schema.anyOf !== undefined || schema.oneOf !== undefined);

/** Every difference between two JSON Schemas as zod writes them, at any depth. Adding an optional field is none. */
export const schemaChanges: Compare = (before, after, pointer = '') => {
  if (same(before, after)) return [];
  if (!isObject(before) || !isObject(after))
    return [{ pointer, effect: 'differs', detail: 'is described in another way' }];
  if (isUnion(before) || isUnion(after))
    return [...unionChanges(before, after, pointer), ...otherChanges(before, after, pointer)];
  const types = typeChanges(before, after, pointer);
  if (types.some(({ effect }) => effect === 'differs')) return types;
  return [
    ...types,
    ...valueChanges(before, after, pointer),
    ...rangeChanges(before, after, pointer),
    ...otherChanges(before, after, pointer),
    ...objectChanges(before, after, pointer, schemaChanges),
    ...(before.items === undefined && after.items === undefined
      ? []
      : schemaChanges(before.items ?? {}, after.items ?? {}, `${pointer}/*`)),
  ];
};
