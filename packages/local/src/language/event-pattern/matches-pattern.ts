import type { JsonObject } from '../../core/json.ts';
import { type Branch, compileBranches } from './branches.ts';
import { type ArrayMembership, type Field, fieldsOf, joinMemberships } from './event-fields.ts';
import type { Matcher } from './match-expression.ts';

type Fields = ReadonlyMap<string, readonly Field[]>;
type Condition = readonly [path: string, matchers: readonly Matcher[]];
type Conjunction = readonly Condition[];

const compiledPatterns = new WeakMap<JsonObject, readonly Conjunction[]>();

// event-ruler asks a rule's paths in the order of their names, which decides what an `exists: false` sees.
const inOrder = (branch: Branch): Conjunction => [...branch].sort(([a], [b]) => (a < b ? -1 : 1));

const compile = (pattern: JsonObject) => {
  const known = compiledPatterns.get(pattern);
  if (known) return known;
  const compiled = compileBranches(pattern).map(inOrder);
  compiledPatterns.set(pattern, compiled);
  return compiled;
};

/** Whether the conditions from `at` on hold with leaves that lie in the same elements of the arrays met so far. */
const holds = (conditions: Conjunction, at: number, fields: Fields, sofar: ArrayMembership): boolean => {
  const condition = conditions[at];
  if (!condition) return true;
  const [path, matchers] = condition;
  let present = false;
  for (const { value, membership } of fields.get(path) ?? []) {
    const joined = joinMemberships(sofar, membership);
    if (!joined) continue;
    present = true;
    const matches = matchers.some((matcher) => matcher !== 'absent' && matcher(value));
    if (matches && holds(conditions, at + 1, fields, joined)) return true;
  }
  return !present && matchers.includes('absent') && holds(conditions, at + 1, fields, sofar);
};

/**
 * Whether an event matches an EventBridge event pattern (docs: "Amazon EventBridge event patterns"; oracle: AWS's
 * event-ruler). Compiles a pattern object once. Throws AwsError `InvalidEventPatternException`.
 */
export const matchesPattern = (pattern: JsonObject, event: JsonObject): boolean => {
  const conjunctions = compile(pattern);
  const fields = fieldsOf(event);
  return conjunctions.some((conditions) => holds(conditions, 0, fields, new Map()));
};

/** Throws AwsError `InvalidEventPatternException` with event-ruler's reason. */
export const checkPattern = (pattern: JsonObject): void => {
  compile(pattern);
};
