import type { Json } from '@archipelago/house-rules';
import { describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { schemaChanges } from '../src/rules/schema-changes.ts';

const json = (schema: z.ZodMiniType): Json => JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io: 'input' })));

const text = z.string();
const short = z.string().check(z.maxLength(5));

const CASES: readonly [string, z.ZodMiniType, z.ZodMiniType, readonly string[]][] = [
  ['a longer text', short, z.string().check(z.maxLength(6)), [' accepts more']],
  ['a shorter text', text, short, [' accepts less']],
  ['another pattern', z.string().check(z.regex(/a/)), z.string().check(z.regex(/b/)), [' differs']],
  ['a pattern that is gone', z.string().check(z.regex(/a/)), text, [' accepts more']],
  ['fractions where there were none', z.int(), z.number(), [' accepts more', ' accepts more', ' accepts more']],
  ['another type', text, z.boolean(), [' differs']],
  ['null as well', text, z.nullable(text), [' accepts more']],
  ['a list of something else', z.array(text), z.array(short), ['/* accepts less']],
  ['a list that is limited', z.array(text), z.array(text).check(z.maxLength(3)), [' accepts less']],
  ['a form that is new', z.union([text, z.int()]), z.union([text, z.int(), z.boolean()]), [' accepts more']],
  ['a form that is gone', z.union([text, z.int()]), text, [' accepts less']],
  ['a form that changes', z.union([text, z.int()]), z.union([short, z.int()]), [' accepts less']],
  ['another constant', z.literal('a'), z.literal('b'), [' accepts less', ' accepts more']],
  ['a constant among others', z.literal('a'), z.enum(['a', 'b']), [' accepts more']],
  ['values of a record', z.record(z.string(), text), z.record(z.string(), short), ['/* accepts less']],
  ['fields that become unknown', z.object({ a: text }), z.object({}), ['/a loses a field']],
  [
    'a field deep inside',
    z.array(z.object({ a: z.object({ b: text }) })),
    z.array(z.object({ a: z.object({}) })),
    ['/*/a/b loses a field'],
  ],
  ['unknown fields that are refused', z.object({ a: text }), z.strictObject({ a: text }), [' accepts less']],
  [
    'a new field where unknown ones were refused',
    z.strictObject({}),
    z.strictObject({ a: z.optional(text) }),
    ['/a accepts more'],
  ],
  ['a new optional field', z.object({}), z.object({ a: z.optional(text) }), []],
];

describe('the changes of a schema', () => {
  it.each(CASES)('tell %s', (_what, before, after, expected) => {
    const changes = schemaChanges(json(before), json(after), '');
    expect(changes.map(({ pointer, effect }) => `${pointer} ${effect}`)).toEqual(expected);
  });

  it.each(CASES)('are none between equals: %s', (_what, before) => {
    expect(schemaChanges(json(before), json(before), '')).toEqual([]);
  });
});
