import { type Json, listOf } from '@archipelago/house-rules';
import type { SchemaChange } from './schema-change.ts';

type Schema = { readonly [key: string]: Json };
type Comparison = (before: Schema, after: Schema, pointer: string) => readonly SchemaChange[];

const LOWER = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const UPPER = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];

const shown = (values: readonly Json[]): string => values.map((value) => JSON.stringify(value)).join(', ');

const without = (values: readonly Json[], others: readonly Json[]): readonly Json[] => {
  const known = new Set(others.map((other) => JSON.stringify(other)));
  return values.filter((value) => !known.has(JSON.stringify(value)));
};

/** An integer is a number as well. */
const typesOf = ({ type }: Schema): readonly Json[] => {
  const types = listOf(type);
  return types.includes('number') ? [...types, 'integer'] : types;
};

export const typeChanges: Comparison = (before, after, pointer) => {
  const [earlier, later] = [typesOf(before), typesOf(after)];
  if (earlier.length === 0 || later.length === 0) {
    if (earlier.length === later.length) return [];
    const effect = earlier.length === 0 ? 'accepts less' : 'accepts more';
    return [{ pointer, effect, detail: earlier.length === 0 ? `must be ${shown(later)}` : 'may be anything' }];
  }
  const [gone, come] = [without(earlier, later), without(later, earlier)];
  const detail = `was ${shown(listOf(before.type))}, is ${shown(listOf(after.type))}`;
  if (gone.length > 0 && come.length > 0) return [{ pointer, effect: 'differs', detail }];
  if (gone.length > 0) return [{ pointer, effect: 'accepts less', detail }];
  return come.length > 0 ? [{ pointer, effect: 'accepts more', detail }] : [];
};

const valuesOf = ({ const: only, enum: some }: Schema): readonly Json[] | undefined =>
  only !== undefined ? [only] : some === undefined ? undefined : listOf(some);

/** Of `enum` and `const`. */
export const valueChanges: Comparison = (before, after, pointer) => {
  const [earlier, later] = [valuesOf(before), valuesOf(after)];
  if (earlier === undefined && later === undefined) return [];
  if (earlier === undefined) return [{ pointer, effect: 'accepts less', detail: `may only be ${shown(later ?? [])}` }];
  if (later === undefined)
    return [{ pointer, effect: 'accepts more', detail: 'may be other values than those listed' }];
  const [gone, come] = [without(earlier, later), without(later, earlier)];
  return [
    ...(gone.length > 0
      ? [{ pointer, effect: 'accepts less' as const, detail: `can no longer be ${shown(gone)}` }]
      : []),
    ...(come.length > 0 ? [{ pointer, effect: 'accepts more' as const, detail: `can now be ${shown(come)}` }] : []),
  ];
};

const bound = (schema: Schema, keyword: string, open: number): number => {
  const value = schema[keyword];
  return typeof value === 'number' ? value : open;
};

/** Of the least and most that a number, a text or a list may have. */
export const rangeChanges: Comparison = (before, after, pointer) =>
  [...LOWER, ...UPPER].flatMap((keyword) => {
    const open = LOWER.includes(keyword) ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    const [earlier, later] = [bound(before, keyword, open), bound(after, keyword, open)];
    if (earlier === later) return [];
    const isTighter = LOWER.includes(keyword) ? later > earlier : later < earlier;
    const detail = `has ${keyword} ${later}, had ${earlier}`;
    return [{ pointer, effect: isTighter ? ('accepts less' as const) : ('accepts more' as const), detail }];
  });
