import { type ApiContract, scopesOf } from '../../../functions/kernel/messages/contract.ts';

/** What a token may hold of each service. */
const SCOPES: readonly string[] = ['read', 'write'];

export interface Scopes {
  /** Of each service whose routes ask for some: a resource server defines them. */
  readonly defined: ReadonlyMap<string, readonly string[]>;
  /** What routes ask of people: `orders/write`. The client that they sign in with offers no other. */
  readonly asked: readonly string[];
}

/** Throws an Error for a scope that its service would not define. */
export const scopesOfApis = (apis: readonly ApiContract[]): Scopes => {
  const defined = new Map<string, readonly string[]>();
  const all = new Set<string>();
  for (const { service, routes } of apis) {
    const asked = Object.values(routes).flatMap(({ access }) => scopesOf(access));
    const unknown = asked.find((scope) => !SCOPES.some((name) => scope === `${service}/${name}`));
    if (unknown) throw new Error(`${service} asks for scope ${unknown}; it may ask for ${service}/read or /write`);
    if (asked.length > 0) defined.set(service, SCOPES);
    for (const scope of asked) all.add(scope);
  }
  return { defined, asked: [...all] };
};
