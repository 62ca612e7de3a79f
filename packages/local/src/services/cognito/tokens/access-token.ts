import type { JsonObject } from '../../../core/json.ts';
import type { TokenRequest } from '../../../core/ports.ts';
import type { World } from '../../../core/world.ts';
import type { UserPool } from '../state.ts';

const withOverrides = (base: JsonObject, overrides: JsonObject | undefined): JsonObject =>
  Object.fromEntries(Object.entries({ ...base, ...overrides }).filter(([, value]) => value !== null));

const DEFAULT_VALIDITY_SECONDS = 3_600;
/** What a pool without resource servers grants: its own user operations. */
const POOL_SCOPE = 'aws.cognito.signin.user.admin';

/** The claims of a Cognito access token (Cognito developer guide, "Understanding the access token"). */
export const accessTokenClaims = (world: World, pool: UserPool, request: TokenRequest): JsonObject => {
  const [client] = pool.clients;
  const nowSeconds = Math.floor(world.clock.now() / 1000);
  const validForSeconds = request.expiresInSeconds ?? client?.accessTokenSeconds ?? DEFAULT_VALIDITY_SECONDS;
  const groups = request.groups ?? [];
  const base: JsonObject = {
    sub: request.sub,
    ...(groups.length > 0 && { 'cognito:groups': groups }),
    iss: pool.issuer,
    version: 2,
    client_id: client?.id ?? null,
    origin_jti: world.random.uuid(),
    event_id: world.random.uuid(),
    token_use: 'access',
    scope: request.scope ?? (pool.scopes.join(' ') || POOL_SCOPE),
    auth_time: nowSeconds,
    exp: nowSeconds + validForSeconds,
    iat: nowSeconds,
    jti: world.random.uuid(),
    username: request.sub,
  };
  return withOverrides(base, request.claims);
};

export const accessTokenHeader = (kid: string, request: TokenRequest): JsonObject =>
  withOverrides({ kid, alg: 'RS256' }, request.header);
