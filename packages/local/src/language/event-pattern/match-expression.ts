import { isObject, type Json, type JsonObject } from '../../core/json.ts';
import { compileAnythingBut } from './anything-but.ts';
import type { Leaf } from './event-fields.ts';
import { invalidPattern } from './invalid-pattern.ts';
import { compileCidr, digitsOfAddress } from './ip-address.ts';
import { compileNumeric } from './numeric.ts';
import { compileWildcard } from './wildcard.ts';

/** `absent` asks that the field is missing; a test asks something of one leaf of it. */
export type Matcher = 'absent' | ((value: Leaf) => boolean);

const onStrings =
  (test: (value: string) => boolean): Matcher =>
  (value) =>
    typeof value === 'string' && test(value);

const textOf = (operand: Json, what: string): string => {
  if (typeof operand === 'string') return operand;
  throw invalidPattern(`${what} match pattern must be a string`);
};

/** `{"prefix": "text"}` or `{"prefix": {"equals-ignore-case": "text"}}`, and the same for suffix. */
const affix = (kind: 'prefix' | 'suffix', operand: Json): Matcher => {
  const found = kind === 'prefix' ? 'startsWith' : 'endsWith';
  if (!isObject(operand)) {
    const text = textOf(operand, kind);
    return onStrings((value) => value[found](text));
  }
  const [inner = ''] = Object.keys(operand);
  const name = kind === 'prefix' ? 'Prefix' : 'Suffix';
  if (inner === '') throw invalidPattern(`${name} expression name not found`);
  if (inner !== 'equals-ignore-case') throw invalidPattern(`Unsupported ${kind} pattern: ${inner}`);
  const text = textOf(onlyOperand(operand), 'equals-ignore-case').toLowerCase();
  return onStrings((value) => value.toLowerCase()[found](text));
};

// event-ruler complains about a second key in two ways.
const LIST_EXPRESSIONS = new Set(['numeric', 'anything-but']);

const onlyOperand = (expression: JsonObject): Json => {
  const [operand, ...others] = Object.values(expression);
  const isList = LIST_EXPRESSIONS.has(Object.keys(expression)[0] ?? '');
  if (others.length > 0)
    throw invalidPattern(
      isList ? 'Too many elements in numeric expression' : 'Only one key allowed in match expression',
    );
  return operand ?? null;
};

const exists = (operand: Json): Matcher => {
  if (typeof operand !== 'boolean') throw invalidPattern('exists match pattern must be either true or false.');
  return operand ? () => true : 'absent';
};

const EXPRESSIONS: Readonly<Record<string, (operand: Json) => Matcher>> = {
  exactly: (operand) => {
    const text = textOf(operand, 'exact');
    return (value) => value === text;
  },
  prefix: (operand) => affix('prefix', operand),
  suffix: (operand) => affix('suffix', operand),
  numeric: (operand) => {
    const test = compileNumeric(operand);
    return (value) => typeof value === 'number' && test(value);
  },
  'anything-but': compileAnythingBut,
  exists,
  cidr: (operand) => onStrings(compileCidr(textOf(operand, 'prefix'))),
  'equals-ignore-case': (operand) => {
    const text = textOf(operand, 'equals-ignore-case').toLowerCase();
    return onStrings((value) => value.toLowerCase() === text);
  },
  wildcard: (operand) => onStrings(compileWildcard(textOf(operand, 'wildcard'))),
};

/** One element of a field's array: a literal, or an object with one match expression. IP literals match by address. */
export const compileMatcher = (element: Json): Matcher => {
  if (isObject(element)) {
    const [kind = ''] = Object.keys(element);
    if (kind === '') throw invalidPattern('Match expression name not found');
    const compile = EXPRESSIONS[kind];
    if (!compile) throw invalidPattern(`Unrecognized match type ${kind}`);
    return compile(onlyOperand(element));
  }
  if (Array.isArray(element)) throw invalidPattern('Match value must be String, number, true, false, or null');
  const address = typeof element === 'string' ? digitsOfAddress(element) : undefined;
  if (!address) return (value) => value === element;
  return onStrings((value) => digitsOfAddress(value)?.startsWith(address) ?? false);
};
