import type { JsonObject } from '../../core/json.ts';
import { type Exchange, requestTime } from '../../services/apigateway/request/exchange.ts';
import { isTextBody } from '../body.ts';
import type { IncomingParts } from './parts.ts';

interface LambdaEventInput {
  readonly exchange: Exchange;
  /** Headers, cookies and query after the integration's request parameters. */
  readonly parts: IncomingParts;
  /** The path after `overwrite:path`; `requestContext.http.path` keeps the path that the client sent. */
  readonly rawPath: string;
  readonly rawQueryString: string;
  readonly pathParameters: Readonly<Record<string, string>> | undefined;
  readonly stageVariables: JsonObject | undefined;
  /** JSON text of `requestContext.authorizer`. */
  readonly authorizerJson: string | undefined;
  readonly body: Buffer;
}

const text = (value: string) => JSON.stringify(value);
const member = (name: string, value: object | undefined) => (value ? `,"${name}":${JSON.stringify(value)}` : '');

const bodyMember = (body: Buffer, contentType: string | undefined): string => {
  if (body.length === 0) return ',"isBase64Encoded":false';
  return isTextBody(contentType, body)
    ? `,"body":${text(body.toString('utf8'))},"isBase64Encoded":false`
    : `,"body":"${body.toString('base64')}","isBase64Encoded":true`;
};

/**
 * The payload of format 2.0 as JSON text (API Gateway developer guide, "Create Lambda proxy integrations for HTTP APIs").
 * Written by concatenation: this is the one step that every request pays for.
 */
export const lambdaEventV2 = (input: LambdaEventInput): string => {
  const { exchange, parts, body } = input;
  const routeKey = text(exchange.routeKey);
  return (
    `{"version":"2.0","routeKey":${routeKey},"rawPath":${text(input.rawPath)}` +
    `,"rawQueryString":${text(input.rawQueryString)}${member('cookies', parts.cookies)}` +
    `,"headers":${JSON.stringify(parts.headers)}${member('queryStringParameters', parts.query)}` +
    `,"requestContext":{"accountId":"${exchange.accountId}","apiId":"${exchange.apiId}"` +
    (input.authorizerJson === undefined ? '' : `,"authorizer":${input.authorizerJson}`) +
    `,"domainName":${text(exchange.domainName)},"domainPrefix":"${exchange.apiId}"` +
    `,"http":{"method":"${exchange.method}","path":${text(exchange.path)},"protocol":"${exchange.protocol}"` +
    `,"sourceIp":"${exchange.sourceIp}","userAgent":${text(exchange.userAgent)}}` +
    `,"requestId":"${exchange.requestId}","routeKey":${routeKey},"stage":${text(exchange.stage)}` +
    `,"time":"${requestTime(exchange.atMs)}","timeEpoch":${exchange.atMs}}` +
    member('pathParameters', input.pathParameters) +
    member('stageVariables', input.stageVariables) +
    `${bodyMember(body, parts.headers['content-type'])}}`
  );
};
