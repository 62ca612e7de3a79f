import type { IncomingMessage } from 'node:http';
import type { Caller } from '../../../core/aws-call.ts';
import type { World } from '../../../core/world.ts';
import { payloadV2 } from '../../../http/payload-v2/event.ts';
import { readParts } from '../../../http/payload-v2/parts.ts';
import type { HttpRequest } from '../../../http/request.ts';
import type { Signer } from '../../../http/sigv4.ts';

/** `arn:aws:iam::…:role/name` as its session shows itself: `arn:aws:sts::…:assumed-role/name/<session>`. */
const sessionArn = ({ principal, functionName = 'session' }: Caller): string => {
  const [, partition, account, role] = /^arn:([^:]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(principal) ?? [];
  return role ? `arn:${partition}:sts::${account}:assumed-role/${role}/${functionName}` : principal;
};

const authorizerOf = (account: string, { accessKeyId, caller }: Signer): string => {
  const callerId = `AROA${accessKeyId.slice(4)}:${caller.functionName ?? 'session'}`;
  const iam = {
    accessKey: accessKeyId,
    accountId: account,
    callerId,
    cognitoIdentity: null,
    principalOrgId: null,
    userArn: sessionArn(caller),
    userId: callerId,
  };
  return JSON.stringify({ iam });
};

export interface UrlRequest {
  readonly request: HttpRequest;
  readonly incoming: IncomingMessage;
  readonly signer: Signer | undefined;
  readonly traceHeader: string;
}

/** The event of a function URL: one route, and the path as it was sent. */
export const urlEvent = ({ account, clock, random }: World, called: UrlRequest): string => {
  const { request, incoming, signer } = called;
  const [rawPath = '/', ...query] = request.url.split('?');
  const rawQueryString = query.join('?');
  const domainName = request.headers.host ?? '';
  return payloadV2({
    context: {
      accountId: signer ? account : 'anonymous',
      apiId: domainName.split(/[.:]/)[0] ?? '',
      domainName,
      method: request.method,
      path: rawPath,
      protocol: `HTTP/${incoming.httpVersion}`,
      sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
      userAgent: request.headers['user-agent'] ?? '',
      requestId: random.uuid(),
      routeKey: '$default',
      stage: '$default',
      atMs: clock.now(),
    },
    parts: readParts(request.headers, incoming.socket, rawQueryString, called.traceHeader),
    rawPath,
    rawQueryString,
    authorizerJson: signer && authorizerOf(account, signer),
    body: request.body,
  });
};
