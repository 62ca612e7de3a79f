import { isList, isObject, type Json } from '../../core/json.ts';
import type { Leaf } from './event-fields.ts';
import { invalidPattern } from './invalid-pattern.ts';
import { compileWildcard } from './wildcard.ts';

type Test = (value: Leaf) => boolean;

const onStrings =
  (test: (value: string) => boolean): Test =>
  (value) =>
    typeof value === 'string' && test(value);

const stringsOf = (operand: Json, refusal: string): readonly string[] => {
  const values = isList(operand) ? operand : [operand];
  if (values.length === 0) throw invalidPattern('Empty arrays are not allowed');
  return values.map((value) => {
    if (typeof value !== 'string') throw invalidPattern(refusal);
    return value;
  });
};

const affixesOf = (operand: Json) => {
  const affixes = stringsOf(operand, 'prefix/suffix match pattern must be a string');
  if (affixes.includes('')) throw invalidPattern('Null prefix/suffix not allowed');
  return affixes;
};

const EXCLUSIONS: Readonly<Record<string, (operand: Json) => readonly Test[]>> = {
  prefix: (operand) => affixesOf(operand).map((affix) => onStrings((value) => value.startsWith(affix))),
  suffix: (operand) => affixesOf(operand).map((affix) => onStrings((value) => value.endsWith(affix))),
  wildcard: (operand) =>
    stringsOf(operand, 'wildcard match pattern must be a string').map((pattern) => onStrings(compileWildcard(pattern))),
  'equals-ignore-case': (operand) =>
    stringsOf(operand, 'Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.').map(
      (excluded) => onStrings((value) => value.toLowerCase() === excluded.toLowerCase()),
    ),
};

const valuesOf = (operand: Json): readonly Leaf[] => {
  const values = isList(operand) ? operand : [operand];
  const leaves = values.filter((value) => typeof value === 'string' || typeof value === 'number');
  if (leaves.length < values.length)
    throw invalidPattern('Inside anything but list, start|null|boolean is not supported.');
  if (new Set(leaves.map((leaf) => typeof leaf)).size !== 1)
    throw invalidPattern(
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    );
  return leaves;
};

const refuseUnlessListable = (operand: Json) => {
  if (operand === null || typeof operand === 'boolean' || isObject(operand))
    throw invalidPattern('Value of anything-but must be an array or single string/number value.');
};

/** Any leaf but those excluded: a leaf of another type than the excluded ones always passes, a missing field never. */
export const compileAnythingBut = (operand: Json): Test => {
  if (isObject(operand)) {
    const [[kind, excluded] = ['', null], ...others] = Object.entries(operand);
    if (kind === '') throw invalidPattern('Anything-But expression name not found');
    const exclude = EXCLUSIONS[kind];
    if (!exclude) throw invalidPattern(`Unsupported anything-but pattern: ${kind}`);
    if (others.length > 0) throw invalidPattern('Too many elements in numeric expression');
    refuseUnlessListable(excluded);
    const tests = exclude(excluded);
    return (value) => !tests.some((test) => test(value));
  }
  refuseUnlessListable(operand);
  const excluded = new Set(valuesOf(operand));
  return (value) => !excluded.has(value);
};
