import type { World } from '../../../core/world.ts';
import { signerOf } from '../../../http/sigv4.ts';
import { forbidden } from '../respond/gateway-response.ts';
import type { Authorize } from './jwt-authorizer.ts';

/** AWS_IAM: the request is signed for `execute-api` with keys that the runtime issued. */
export const createIamAuthorizer =
  (world: World): Authorize =>
  (exchange, _parts, request) => {
    const signer = signerOf(world, 'execute-api', request);
    if ('refusal' in signer) {
      exchange.authorizerError = signer.refusal;
      return { refused: forbidden };
    }
    const { accessKeyId: accessKey, caller } = signer;
    const userArn = caller.principal;
    exchange.principal = userArn;
    const callerId = caller.functionName ?? accessKey;
    const iam = { accessKey, accountId: world.account, callerId, cognitoIdentity: null, principalOrgId: null, userArn };
    return { authorizerJson: JSON.stringify({ iam: { ...iam, userId: callerId } }) };
  };
