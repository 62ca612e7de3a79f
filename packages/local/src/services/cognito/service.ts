import { AwsError, type AwsRequest, type AwsResponse } from '../../core/aws-call.ts';
import type { EmulatedService } from '../../core/emulated-service.ts';
import type { Json } from '../../core/json.ts';
import type { TokenIssuer } from '../../core/ports.ts';
import type { World } from '../../core/world.ts';
import { jsonProtocol, operationOfTarget } from '../../http/json-protocol.ts';
import {
  resourceServerResource,
  userPoolClientResource,
  userPoolDomainResource,
  userPoolGroupResource,
  userPoolResource,
} from './resources.ts';
import type { UserPool, UserPools } from './state.ts';
import { accessTokenClaims, accessTokenHeader } from './tokens/access-token.ts';
import { compactJws } from './tokens/jws.ts';

const WELL_KNOWN = /^\/([^/?]+)\/\.well-known\/(jwks|openid-configuration)(?:\.json)?$/;

const noSignIn = () => {
  throw new AwsError('UnknownOperationException', 'nobody signs in here: ask the control API for a token');
};

const jsonAnswer = (status: number, body: Json): AwsResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

const discoveryDocument = ({ issuer }: UserPool): Json => ({
  issuer,
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  id_token_signing_alg_values_supported: ['RS256'],
});

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

/**
 * Cognito user pools as issuers of tokens. Provides the port `issuers`: tokens come from the first pool of the templates
 * and its first client. `handle` also answers `GET /<poolId>/.well-known/jwks.json` and `openid-configuration`.
 */
export const createCognitoService = (world: World): EmulatedService => {
  const pools: UserPools = new Map();
  world.provide('issuers', createIssuer(world, pools));
  const operations = jsonProtocol('1.1', {
    AdminCreateUser: noSignIn,
    AdminInitiateAuth: noSignIn,
    InitiateAuth: noSignIn,
    SignUp: noSignIn,
  });

  const wellKnown = async (poolId: string, document: string): Promise<AwsResponse> => {
    const pool = pools.get(poolId);
    if (!pool) return jsonAnswer(404, { message: `User pool ${poolId} does not exist.` });
    if (document === 'jwks') return jsonAnswer(200, { keys: [(await pool.keys.get()).jwk] });
    return jsonAnswer(200, discoveryDocument(pool));
  };
  const documentOf = ({ method, url }: AwsRequest) => (method === 'GET' ? WELL_KNOWN.exec(url) : null);

  return {
    signingName: 'cognito-idp',
    describe: (request) => {
      const [, poolId, document = ''] = documentOf(request) ?? [];
      return poolId === undefined
        ? { operation: operationOfTarget(request) }
        : { operation: `Get ${document}`, resource: poolId };
    },
    handle: (request) => {
      const [, poolId, document = ''] = documentOf(request) ?? [];
      return poolId === undefined ? operations(request) : wellKnown(poolId, document);
    },
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
