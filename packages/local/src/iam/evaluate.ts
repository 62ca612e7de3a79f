import type { Context } from './context.ts';
import type { Naming, Requester } from './principal.ts';
import { isAbout, mayBeAbout, type Statement } from './statement.ts';

export interface AccessRequest {
  /** `dynamodb:Query` */
  readonly action: string;
  /** An ARN, or `*` for an action that is about no resource. */
  readonly resource: string;
  readonly context: Context;
}

/** The statements of every policy that has a say. */
export interface Policies {
  readonly identity: readonly Statement[];
  readonly resource: readonly Statement[];
  /** What a role is allowed at most; absent without a boundary. */
  readonly boundary?: readonly Statement[];
}

/** Which kind of policy refuses, and whether by a Deny or for want of an Allow. */
export type Reason = `${'identity' | 'resource' | 'boundary'}: ${'denies' | 'silent'}`;

export type Verdict =
  | { readonly allowed: true; readonly by: readonly Statement[] }
  | { readonly allowed: false; readonly because: Reason; readonly by?: Statement };

type Applies = (statement: Statement) => boolean;

const appliesTo =
  ({ action, resource, context }: AccessRequest): Applies =>
  (statement) =>
    isAbout(statement, action, resource, context) && (statement.condition?.holds(context) ?? true);

const denied = (policies: Policies, applies: Applies, requester: Requester): Verdict | undefined => {
  const denying = (kind: keyof Policies, statement: Statement | undefined): Verdict | undefined =>
    statement && { allowed: false, because: `${kind}: denies`, by: statement };
  const deny = (statement: Statement) => statement.effect === 'Deny' && applies(statement);
  const named = ({ namingOf }: Statement) => namingOf === undefined || namingOf(requester) !== 'not';
  return (
    denying('identity', policies.identity.find(deny)) ??
    denying(
      'resource',
      policies.resource.find((statement) => deny(statement) && named(statement)),
    ) ??
    denying('boundary', policies.boundary?.find(deny))
  );
};

/**
 * The decision for a requester of the resource's own account (IAM User Guide, "Policy evaluation for requests within a
 * single account"): a Deny anywhere decides; else an Allow of the role or of the resource suffices, and a boundary must
 * allow as well. A service has no policy of its own.
 */
export const evaluate = (request: AccessRequest, policies: Policies, requester: Requester): Verdict => {
  const applies = appliesTo(request);
  const refusal = denied(policies, applies, requester);
  if (refusal) return refusal;
  const allows = (statement: Statement) => statement.effect === 'Allow' && applies(statement);
  const named = (naming: Naming) => (statement: Statement) =>
    allows(statement) && statement.namingOf?.(requester) === naming;
  const toItself = policies.resource.filter(named('itself'));
  if (requester.kind !== 'role') {
    return toItself.length > 0 ? { allowed: true, by: toItself } : { allowed: false, because: 'resource: silent' };
  }
  const limited = [...policies.identity.filter(allows), ...policies.resource.filter(named('role'))];
  const by = [...limited, ...toItself];
  if (by.length === 0) return { allowed: false, because: 'identity: silent' };
  const isWithin = policies.boundary?.some(allows) ?? true;
  return isWithin || toItself.length > 0 ? { allowed: true, by } : { allowed: false, because: 'boundary: silent' };
};

const narrowed = (statements: readonly Statement[], action: string, resource: string): readonly Statement[] =>
  statements.filter((statement) => mayBeAbout(statement, action, resource));

/** The statements that can have a say about an action on a resource: all that is to be asked again for each request. */
export const narrow = (policies: Policies, action: string, resource: string): Policies => ({
  identity: narrowed(policies.identity, action, resource),
  resource: narrowed(policies.resource, action, resource),
  ...(policies.boundary && { boundary: narrowed(policies.boundary, action, resource) }),
});

/** Whether action and resource alone decide, so that a verdict holds for every request. */
export const isFixed = ({ identity, resource, boundary = [] }: Policies): boolean =>
  [...identity, ...resource, ...boundary].every((statement) => statement.isFixed);
