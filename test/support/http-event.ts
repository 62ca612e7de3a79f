import type { APIGatewayProxyEventV2 } from 'aws-lambda';

export interface HttpEventParts {
  readonly method?: string;
  readonly path?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  /** Claims as an HTTP API's JWT authorizer renders them; undefined: a route without one. */
  readonly claims?: Readonly<Record<string, string>> | undefined;
  /** The ARN that an IAM authorizer found behind a signature. */
  readonly userArn?: string;
}

/** An event of an HTTP API, payload 2.0, as AWS documents it. */
export const httpEvent = ({
  method = 'GET',
  path = '/',
  query,
  headers = {},
  body,
  isBase64Encoded = false,
  claims,
  userArn,
}: HttpEventParts): APIGatewayProxyEventV2 => {
  const requestContext = {
    accountId: '000000000000',
    apiId: 'a1b2c3',
    ...(claims && { authorizer: { jwt: { claims, scopes: null } } }),
    ...(userArn !== undefined && { authorizer: { iam: { userArn } } }),
    domainName: 'a1b2c3.execute-api.us-east-1.amazonaws.com',
    domainPrefix: 'a1b2c3',
    http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'agent' },
    requestId: 'JKJaXmPLvHcESHA=',
    routeKey: `${method} ${path}`,
    stage: '$default',
    time: '01/Jan/2026:00:00:00 +0000',
    timeEpoch: 1_767_225_600_000,
  };
  return {
    version: '2.0',
    routeKey: requestContext.routeKey,
    rawPath: path,
    rawQueryString: new URLSearchParams({ ...query }).toString(),
    headers: {
      host: requestContext.domainName,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(query && { queryStringParameters: { ...query } }),
    requestContext,
    ...(body !== undefined && { body }),
    isBase64Encoded,
  };
};
