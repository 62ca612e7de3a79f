import type { JsonObject } from '../../core/json.ts';
import { isTextBody } from '../body.ts';
import type { IncomingParts } from './parts.ts';

/** What both API Gateway and function URLs say about a request in `requestContext`. */
export interface RequestContext {
  readonly accountId: string;
  readonly apiId: string;
  readonly domainName: string;
  readonly method: string;
  /** As the client sent it, whatever the integration makes of it. */
  readonly path: string;
  readonly protocol: string;
  readonly sourceIp: string;
  readonly userAgent: string;
  readonly requestId: string;
  readonly routeKey: string;
  readonly stage: string;
  readonly atMs: number;
}

export interface EventInput {
  readonly context: RequestContext;
  /** Headers, cookies and query as the function is to see them. */
  readonly parts: IncomingParts;
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly pathParameters?: Readonly<Record<string, string>> | undefined;
  readonly stageVariables?: JsonObject | undefined;
  /** JSON text of `requestContext.authorizer`. */
  readonly authorizerJson?: string | undefined;
  readonly body: Buffer;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number) => String(value).padStart(2, '0');

let formattedSecond = -1;
let formatted = '';

/** Common log format, UTC: `12/Mar/2020:19:03:58 +0000`. Most requests share their second with the one before. */
export const requestTime = (atMs: number): string => {
  const second = Math.floor(atMs / 1000);
  if (second === formattedSecond) return formatted;
  const at = new Date(atMs);
  const day = `${two(at.getUTCDate())}/${MONTHS[at.getUTCMonth()]}/${at.getUTCFullYear()}`;
  formatted = `${day}:${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`;
  formattedSecond = second;
  return formatted;
};

const text = (value: string) => JSON.stringify(value);
const member = (name: string, value: object | undefined) => (value ? `,"${name}":${JSON.stringify(value)}` : '');

const bodyMember = (body: Buffer, contentType: string | undefined): string => {
  if (body.length === 0) return ',"isBase64Encoded":false';
  return isTextBody(contentType, body)
    ? `,"body":${text(body.toString('utf8'))},"isBase64Encoded":false`
    : `,"body":"${body.toString('base64')}","isBase64Encoded":true`;
};

/**
 * The payload of format 2.0 as JSON text (API Gateway developer guide, "Create Lambda proxy integrations for HTTP APIs";
 * Lambda developer guide, "Request payload format"). Written by concatenation: every request pays for this step.
 */
export const payloadV2 = (input: EventInput): string => {
  const { context, parts, body } = input;
  const routeKey = text(context.routeKey);
  return (
    `{"version":"2.0","routeKey":${routeKey},"rawPath":${text(input.rawPath)}` +
    `,"rawQueryString":${text(input.rawQueryString)}${member('cookies', parts.cookies)}` +
    `,"headers":${JSON.stringify(parts.headers)}${member('queryStringParameters', parts.query)}` +
    `,"requestContext":{"accountId":"${context.accountId}","apiId":${text(context.apiId)}` +
    (input.authorizerJson === undefined ? '' : `,"authorizer":${input.authorizerJson}`) +
    `,"domainName":${text(context.domainName)},"domainPrefix":${text(context.apiId)}` +
    `,"http":{"method":"${context.method}","path":${text(context.path)},"protocol":"${context.protocol}"` +
    `,"sourceIp":"${context.sourceIp}","userAgent":${text(context.userAgent)}}` +
    `,"requestId":"${context.requestId}","routeKey":${routeKey},"stage":${text(context.stage)}` +
    `,"time":"${requestTime(context.atMs)}","timeEpoch":${context.atMs}}` +
    member('pathParameters', input.pathParameters) +
    member('stageVariables', input.stageVariables) +
    `${bodyMember(body, parts.headers['content-type'])}}`
  );
};
