import { isList, isObject, type Json, type JsonObject } from '../core/json.ts';
import { arnPattern } from './arn-pattern.ts';
import { type Condition, readCondition } from './condition.ts';
import { type Context, NO_CONTEXT } from './context.ts';
import { PolicyError } from './policy-error.ts';
import { type NamingOf, readNotPrincipal, readPrincipal } from './principal.ts';
import { type TextPattern, textPattern } from './text-pattern.ts';

/** A list of patterns of a statement, or everything that none of them matches. */
export interface Patterns {
  readonly listed: readonly TextPattern[];
  readonly inverted: boolean;
}

export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  /** As it stands in the policy. */
  readonly written: JsonObject;
  readonly actions: Patterns;
  readonly resources: Patterns;
  readonly condition: Condition | undefined;
  /** Whom the statement of a resource's policy names; absent in one of a role. */
  readonly namingOf: NamingOf | undefined;
  /** Whether action and resource alone decide. */
  readonly isFixed: boolean;
}

/** The policy to which a document belongs. */
export type PolicyKind = 'identity' | 'resource';

const ELEMENTS = [
  ...['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition', 'Principal', 'NotPrincipal'],
];

const listOf = (value: Json): readonly string[] =>
  (isList(value) ? value : [value]).map((each) => {
    if (typeof each !== 'string') throw new PolicyError(`${JSON.stringify(each)} is no text`);
    return each;
  });

const readPatterns = (
  written: JsonObject,
  name: 'Action' | 'Resource',
  read: (text: string) => TextPattern,
): Patterns | undefined => {
  const { [name]: listed, [`Not${name}`]: excluded } = written;
  if (listed !== undefined && excluded !== undefined)
    throw new PolicyError(`${name} and Not${name} exclude each other`);
  const patterns = listed ?? excluded;
  return patterns === undefined ? undefined : { listed: listOf(patterns).map(read), inverted: excluded !== undefined };
};

const namingIn = ({ Principal, NotPrincipal }: JsonObject, kind: PolicyKind): NamingOf | undefined => {
  if (kind === 'identity') {
    if (Principal !== undefined || NotPrincipal !== undefined)
      throw new PolicyError("a role's policy names no Principal");
    return undefined;
  }
  return NotPrincipal === undefined ? readPrincipal(Principal) : readNotPrincipal(NotPrincipal);
};

const EVERYTHING: Patterns = { listed: [arnPattern('*', { variables: false })], inverted: false };

const readStatement = (written: Json, kind: PolicyKind, variables: boolean): Statement => {
  if (!isObject(written)) throw new PolicyError('a statement is an object');
  const { Effect: effect } = written;
  if (effect !== 'Allow' && effect !== 'Deny') throw new PolicyError('the Effect of a statement is Allow or Deny');
  const unknown = Object.keys(written).find((element) => !ELEMENTS.includes(element));
  if (unknown !== undefined) throw new PolicyError(`a statement has no element ${unknown}`);
  const rules = { wildcards: true, variables: false, ignoresCase: true };
  const actions = readPatterns(written, 'Action', (text) => textPattern(text, rules));
  const resources = readPatterns(written, 'Resource', (text) => arnPattern(text, { variables }));
  if (!actions) throw new PolicyError('a statement names an Action or a NotAction');
  if (!resources && kind === 'identity') throw new PolicyError('a statement names a Resource or a NotResource');
  const condition = readCondition(written.Condition, variables);
  const fixedResources = resources?.listed.every(({ usesContext }) => !usesContext) ?? true;
  return {
    effect,
    written,
    actions,
    resources: resources ?? EVERYTHING,
    condition,
    namingOf: namingIn(written, kind),
    isFixed: condition === undefined && fixedResources,
  };
};

/** The statements of a policy document. Throws PolicyError for one that AWS would refuse or that is not known here. */
export const readPolicy = (document: Json, kind: PolicyKind): readonly Statement[] => {
  if (!isObject(document)) throw new PolicyError('a policy is an object');
  const { Version: version = '2008-10-17', Statement: statements = [] } = document;
  const variables = version === '2012-10-17';
  if (!variables && version !== '2008-10-17') throw new PolicyError(`a policy has no version ${version}`);
  return (isList(statements) ? statements : [statements]).map((written) => readStatement(written, kind, variables));
};

/** What a variable without a value excludes is not known: then a list that excludes covers nothing. */
const covers = ({ listed, inverted }: Patterns, value: string, context: Context): boolean =>
  inverted
    ? listed.every((pattern) => pattern.isResolved(context) && !pattern.matches(value, context))
    : listed.some((pattern) => pattern.matches(value, context));

/** Whether a statement is about this action on this resource, its condition aside. */
export const isAbout = (
  { actions, resources }: Statement,
  action: string,
  resource: string,
  context: Context = NO_CONTEXT,
): boolean => covers(actions, action, context) && covers(resources, resource, context);

/** Whether it can be about them, whatever the request decides. */
export const mayBeAbout = (statement: Statement, action: string, resource: string): boolean => {
  const { actions, resources } = statement;
  if (!covers(actions, action, NO_CONTEXT)) return false;
  return resources.listed.some(({ usesContext }) => usesContext) || covers(resources, resource, NO_CONTEXT);
};
