import { ADMIN_GROUP, idOfSubject, type Machine, type Principal } from '../../kernel/values/principal.ts';

/**
 * HTTP APIs render a list claim as text, its members joined by spaces: `[a b]`; a list of one may come as `a`. A name is
 * split nowhere else: `a,b` is one.
 */
const listOf = (claim: unknown): string[] => {
  if (Array.isArray(claim)) return claim.filter((entry) => typeof entry === 'string');
  if (typeof claim !== 'string') return [];
  return claim
    .replace(/^\[(.*)\]$/, '$1')
    .split(' ')
    .filter((entry) => entry !== '');
};

/** Who the JWT authorizer let in; undefined when there was none on the route. Scopes are `scope`, or `scp` where that is missing. */
export const principalOf = (
  claims: Readonly<Record<string, unknown>> | undefined,
  hash: (text: string) => string,
): Principal | undefined => {
  if (typeof claims?.sub !== 'string' || claims.sub === '') return undefined;
  const groups = listOf(claims['cognito:groups']);
  const scopes = listOf(claims.scope ?? claims.scp);
  return { sub: idOfSubject(claims.sub, hash), scopes, groups, isAdmin: groups.includes(ADMIN_GROUP) };
};

/** A session of a role: `arn:aws:sts::123456789012:assumed-role/billing/i-0abc`. */
const SESSION = /^arn:([\w-]+):sts::(\d+):assumed-role\/([^/]+)\/.+$/;

/** Who the IAM authorizer let in; all sessions of a role are one machine. Undefined when there was none on the route. */
export const machineOf = (iam: Readonly<Record<string, unknown>> | undefined): Machine | undefined => {
  if (typeof iam?.userArn !== 'string' || iam.userArn === '') return undefined;
  return iam.userArn.replace(SESSION, 'arn:$1:iam::$2:role/$3');
};
