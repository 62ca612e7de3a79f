import { type AnsweredCall, AwsError, type AwsRequest, type AwsResponse } from '../../core/aws-call.ts';
import type { Json } from '../../core/json.ts';
import { jsonProtocol } from '../../http/json-protocol.ts';
import type { UserPool, UserPools } from './state.ts';

const WELL_KNOWN = /^\/([^/?]+)\/\.well-known\/(jwks|openid-configuration)(?:\.json)?$/;

const noSignIn = () => {
  throw new AwsError('UnknownOperationException', 'users do not sign in here: ask the control API for a token');
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

const wellKnown = async (pools: UserPools, poolId: string, document: string): Promise<AwsResponse> => {
  const pool = pools.get(poolId);
  if (!pool) return jsonAnswer(404, { message: `User pool ${poolId} does not exist.` });
  if (document === 'jwks') return jsonAnswer(200, { keys: [(await pool.keys.get()).jwk] });
  return jsonAnswer(200, discoveryDocument(pool));
};

/** An issuer's documents, `GET /<poolId>/.well-known/jwks.json` and `openid-configuration`, and refusals of sign-in. */
export const cognitoCalls = (pools: UserPools) => {
  const signIn = jsonProtocol({
    version: '1.1',
    operations: {
      AdminCreateUser: noSignIn,
      AdminInitiateAuth: noSignIn,
      InitiateAuth: noSignIn,
      SignUp: noSignIn,
    },
  });
  return async (request: AwsRequest): Promise<AnsweredCall> => {
    const [, poolId, document = ''] = (request.method === 'GET' && WELL_KNOWN.exec(request.url)) || [];
    if (poolId === undefined) return signIn(request);
    return { operation: `Get ${document}`, resource: poolId, ...(await wellKnown(pools, poolId, document)) };
  };
};
