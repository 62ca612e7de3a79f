import { isServerError } from '../../kernel/calls/transport.ts';
import type { JsonObject } from '../../kernel/values/json.ts';

const ID = 'smoke-check';

/**
 * A request as an HTTP API (payload 2.0) or a function URL hands it over, without a caller: a function that asks for a token,
 * an id or a body refuses it, so that it changes nothing wherever it is sent.
 */
export const smokeRequest = (time: Date): JsonObject => ({
  version: '2.0',
  routeKey: '$default',
  rawPath: `/${ID}`,
  rawQueryString: '',
  headers: { host: ID },
  isBase64Encoded: false,
  requestContext: {
    accountId: ID,
    apiId: ID,
    domainName: ID,
    domainPrefix: ID,
    requestId: ID,
    routeKey: '$default',
    stage: '$default',
    time: time.toISOString(),
    timeEpoch: time.getTime(),
    http: { method: 'GET', path: `/${ID}`, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: ID },
  },
});

/** A refusal shows that the version starts, reads its environment and answers; a thrown error has no status at all. */
export const isSound = ({ statusCode }: JsonObject): boolean =>
  typeof statusCode === 'number' && !isServerError(statusCode);
