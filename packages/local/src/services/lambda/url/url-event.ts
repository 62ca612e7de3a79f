import { isUtf8 } from 'node:buffer';
import type { Caller } from '../../../core/aws-call.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { HttpRequest } from '../../../http/request.ts';
import type { Signer } from '../../../http/sigv4.ts';

export interface UrlRequest extends HttpRequest {
  readonly sourceIp: string;
  readonly protocol: string;
  readonly atMs: number;
  readonly requestId: string;
  readonly account: string;
  readonly signer: Signer | undefined;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12/Mar/2026:19:03:58 +0000` */
const commonLogTime = (atMs: number): string => {
  const [, year, month, day, time] = /^(\d+)-(\d+)-(\d+)T([\d:]+)/.exec(new Date(atMs).toISOString()) ?? [];
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time} +0000`;
};

/** `arn:aws:iam::…:role/name` as its session shows itself: `arn:aws:sts::…:assumed-role/name/<session>`. */
const sessionArn = ({ principal, functionName = 'session' }: Caller): string => {
  const [, partition, account, role] = /^arn:([^:]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(principal) ?? [];
  return role ? `arn:${partition}:sts::${account}:assumed-role/${role}/${functionName}` : principal;
};

const authorizerOf = ({ account, signer }: UrlRequest): JsonObject => {
  if (!signer) return {};
  const callerId = `AROA${signer.accessKeyId.slice(4)}:${signer.caller.functionName ?? 'session'}`;
  return {
    authorizer: {
      iam: {
        accessKey: signer.accessKeyId,
        accountId: account,
        callerId,
        cognitoIdentity: null,
        principalOrgId: null,
        userArn: sessionArn(signer.caller),
        userId: callerId,
      },
    },
  };
};

const queryOf = (rawQueryString: string): JsonObject => {
  const values: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    values[name] = values[name] === undefined ? value : `${values[name]},${value}`;
  }
  return Object.keys(values).length > 0 ? { queryStringParameters: values } : {};
};

/** Payload format 2.0: https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-payloads */
export const urlEvent = (request: UrlRequest): JsonObject => {
  const [rawPath = '/', ...query] = request.url.split('?');
  const rawQueryString = query.join('?');
  const { cookie, ...headers } = request.headers;
  const domainName = headers.host ?? '';
  const isText = isUtf8(request.body);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    ...(cookie === undefined ? {} : { cookies: cookie.split(/; ?/) }),
    headers,
    ...queryOf(rawQueryString),
    requestContext: {
      accountId: request.signer ? request.account : 'anonymous',
      apiId: domainName.split(/[.:]/)[0] ?? '',
      authentication: null,
      ...authorizerOf(request),
      domainName,
      domainPrefix: domainName.split(/[.:]/)[0] ?? '',
      http: {
        method: request.method,
        path: rawPath,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: request.requestId,
      routeKey: '$default',
      stage: '$default',
      time: commonLogTime(request.atMs),
      timeEpoch: request.atMs,
    },
    ...(request.body.length > 0 ? { body: request.body.toString(isText ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: request.body.length > 0 && !isText,
  };
};
