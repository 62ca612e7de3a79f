import { ADMIN_GROUP, type Principal } from '../../kernel/values/principal.ts';

/** HTTP APIs render a list claim as text: `[a b]`; a list of one may come as `a`. */
const listOf = (claim: unknown): string[] => {
  if (Array.isArray(claim)) return claim.filter((entry) => typeof entry === 'string');
  if (typeof claim !== 'string') return [];
  return claim
    .replace(/^\[(.*)\]$/, '$1')
    .split(/[\s,]+/)
    .filter((entry) => entry !== '');
};

/** Who the JWT authorizer let in; undefined when there was none on the route. */
export const principalOf = (claims: Readonly<Record<string, unknown>> | undefined): Principal | undefined => {
  if (typeof claims?.sub !== 'string' || claims.sub === '') return undefined;
  const groups = listOf(claims['cognito:groups']);
  return { sub: claims.sub, scopes: listOf(claims.scope), groups, isAdmin: groups.includes(ADMIN_GROUP) };
};
