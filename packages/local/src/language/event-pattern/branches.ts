import { isObject, type Json, type JsonObject } from '../../core/json.ts';
import { invalidPattern } from './invalid-pattern.ts';
import { compileMatcher, type Matcher } from './match-expression.ts';

/** One conjunction: dotted field path → the matchers of which one must hold. */
export type Branch = ReadonlyMap<string, readonly Matcher[]>;

/** Words that event-ruler keeps for itself below `$or` (its Constants.RESERVED_FIELD_NAMES_IN_OR_RELATIONSHIP). */
const RESERVED_BELOW_OR = new Set(
  (
    'exactly equals-ignore-case prefix suffix anything-but exists wildcard numeric cidr = < <= > >= regex ' +
    'not-wildcard not-equals-ignore-case date-after date-on-or-after date-before date-on-or-before in-date-range ' +
    'ip-address-in-range ip-address-not-in-range'
  ).split(' '),
);

const compileField = (elements: readonly Json[]): readonly Matcher[] => {
  if (elements.length === 0) throw invalidPattern('Empty arrays are not allowed');
  return elements.map(compileMatcher);
};

const compileOr = (branches: readonly Branch[], path: string, alternatives: Json): readonly Branch[] => {
  if (!Array.isArray(alternatives)) throw invalidPattern('It must be an Array followed with $or.');
  if (!alternatives.every(isObject)) throw invalidPattern('Only JSON object is allowed in array of $or relationship.');
  if (alternatives.length < 2) throw invalidPattern('There must have at least 2 Objects in $or relationship.');
  return alternatives.flatMap((alternative: JsonObject) => compileObject(branches, path, alternative, true));
};

/** Adds an object's conditions to every branch so far; `$or` multiplies them. A path named twice keeps its last value. */
const compileObject = (
  before: readonly Branch[],
  path: string,
  object: JsonObject,
  belowOr: boolean,
): readonly Branch[] => {
  const members = Object.entries(object);
  if (members.length === 0) throw invalidPattern('Empty objects are not allowed');
  let branches = before;
  for (const [name, member] of members) {
    const memberPath = path ? `${path}.${name}` : name;
    if (name === '$or') {
      branches = compileOr(branches, path, member);
    } else if (belowOr && RESERVED_BELOW_OR.has(name)) {
      throw invalidPattern(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
    } else if (isObject(member)) {
      branches = compileObject(branches, memberPath, member, belowOr);
    } else if (Array.isArray(member)) {
      const matchers = compileField(member);
      branches = branches.map((branch) => new Map(branch).set(memberPath, matchers));
    } else {
      throw invalidPattern(`"${name}" must be an object or an array`);
    }
  }
  return branches;
};

/** The disjunction of conjunctions that a pattern means. Throws AwsError `InvalidEventPatternException`. */
export const compileBranches = (pattern: JsonObject): readonly Branch[] =>
  compileObject([new Map()], '', pattern, false);
