import type { ApiContract, RouteContract } from '../../../functions/kernel/messages/contract.ts';

/** What a token may hold of each service. */
const SCOPES: readonly string[] = ['read', 'write'];

const scopesOf = ({ access }: RouteContract): readonly string[] => (access === 'public' ? [] : access.scopes);

/**
 * The services whose contracts ask for scopes; each is a resource server that defines `read` and `write`.
 * Throws an Error for a scope that its service would not define.
 */
export const scopesByServer = (apis: readonly ApiContract[]): ReadonlyMap<string, readonly string[]> => {
  const servers = new Map<string, readonly string[]>();
  for (const { service, routes } of apis) {
    const asked = Object.values(routes).flatMap(scopesOf);
    const unknown = asked.find((scope) => !SCOPES.some((name) => scope === `${service}/${name}`));
    if (unknown) throw new Error(`${service} asks for scope ${unknown}; it may ask for ${service}/read or /write`);
    if (asked.length > 0) servers.set(service, SCOPES);
  }
  return servers;
};
