import type { EmulatedService } from '../../core/emulated-service.ts';
import type { TokenIssuer } from '../../core/ports.ts';
import type { World } from '../../core/world.ts';
import { cognitoCalls } from './operations.ts';
import {
  resourceServerResource,
  userPoolClientResource,
  userPoolDomainResource,
  userPoolGroupResource,
  userPoolResource,
} from './resources.ts';
import type { UserPools } from './state.ts';
import { accessTokenClaims, accessTokenHeader } from './tokens/access-token.ts';
import { compactJws } from './tokens/jws.ts';

const createIssuer = (world: World, pools: UserPools): TokenIssuer => ({
  issue: async (request) => {
    const [pool] = pools.values();
    if (!pool) throw new Error('no template has a user pool, so there is no one to issue tokens');
    const key = await pool.keys.get();
    return compactJws(accessTokenHeader(key.kid, request), accessTokenClaims(world, pool, request), key);
  },
  jwks: (issuerUrl) => {
    for (const { issuer, keys } of pools.values()) {
      if (issuer !== issuerUrl) continue;
      const key = keys.peek();
      return { keys: key ? [key.jwk] : [] };
    }
    return undefined;
  },
});

/** Cognito user pools as issuers of tokens: tokens come from the first pool of the templates and its first client. */
export const createCognitoService = (world: World): EmulatedService => {
  const pools: UserPools = new Map();
  world.provide('issuers', createIssuer(world, pools));

  return {
    signingName: 'cognito-idp',
    handle: cognitoCalls(pools),
    resourceTypes: [
      userPoolResource(world, pools),
      userPoolClientResource(pools),
      resourceServerResource(pools),
      userPoolGroupResource(pools),
      userPoolDomainResource,
    ],
    inspect: () =>
      [...pools.values()].map(({ id, name, issuer, clients, scopes, groups }) => ({
        id,
        name,
        issuer,
        clients: clients.map((client) => client.id),
        scopes,
        groups,
      })),
  };
};
