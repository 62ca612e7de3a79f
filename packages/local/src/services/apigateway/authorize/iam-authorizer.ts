import type { Caller } from '../../../core/aws-call.ts';
import type { World } from '../../../core/world.ts';
import { signerOf } from '../../../http/sigv4.ts';
import { forbidden } from '../respond/gateway-response.ts';
import type { Authorize } from './jwt-authorizer.ts';

const ROLE = /^arn:([\w-]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/;

/** As AWS names who signs: the session of a role, or a user. */
const userArnOf = ({ partition, account }: World, { principal }: Caller, session: string): string =>
  principal.startsWith('arn:')
    ? principal.replace(ROLE, `arn:$1:sts::$2:assumed-role/$3/${session}`)
    : `arn:${partition}:iam::${account}:user/${principal}`;

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
    const { partition, region, account } = world;
    const path = `${exchange.apiId}/${exchange.stage}/${exchange.method}${exchange.routePath}`;
    const resource = `arn:${partition}:execute-api:${region}:${account}:${path}`;
    if (!world.access.permits(caller, [{ action: 'execute-api:Invoke', resource }])) {
      exchange.authorizerError = `${caller.principal} may not call ${resource}`;
      return { refused: forbidden };
    }
    const callerId = caller.functionName ?? accessKey;
    const userArn = userArnOf(world, caller, callerId);
    exchange.principal = userArn;
    const iam = { accessKey, accountId: world.account, callerId, cognitoIdentity: null, principalOrgId: null, userArn };
    return { authorizerJson: JSON.stringify({ iam: { ...iam, userId: callerId } }) };
  };
