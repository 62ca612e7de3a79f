import { requestTime } from '../../../http/payload-v2/event.ts';
import type { Exchange } from './exchange.ts';

type Reader = (exchange: Exchange) => string | number | undefined;

/** The `$context` variables of HTTP APIs (API Gateway developer guide, "Logging variables") that mean something here. */
const readers: Readonly<Record<string, Reader>> = {
  accountId: ({ accountId }) => accountId,
  apiId: ({ apiId }) => apiId,
  'authorizer.error': ({ authorizerError }) => authorizerError,
  'authorizer.principalId': ({ principal }) => principal,
  awsEndpointRequestId: ({ invocationId }) => invocationId,
  dataProcessed: ({ responseLength }) => responseLength,
  domainName: ({ domainName }) => domainName,
  domainPrefix: ({ apiId }) => apiId,
  'error.message': ({ integrationError }) => integrationError,
  extendedRequestId: ({ requestId }) => requestId,
  httpMethod: ({ method }) => method,
  'identity.sourceIp': ({ sourceIp }) => sourceIp,
  'identity.userAgent': ({ userAgent }) => userAgent,
  'integration.error': ({ integrationError }) => integrationError,
  'integration.latency': ({ integrationLatencyMs }) => integrationLatencyMs,
  'integration.requestId': ({ invocationId }) => invocationId,
  integrationErrorMessage: ({ integrationError }) => integrationError,
  integrationLatency: ({ integrationLatencyMs }) => integrationLatencyMs,
  path: ({ path }) => path,
  protocol: ({ protocol }) => protocol,
  requestId: ({ requestId }) => requestId,
  requestTime: ({ atMs }) => requestTime(atMs),
  requestTimeEpoch: ({ atMs }) => atMs,
  responseLatency: ({ atMs, endMs }) => endMs - atMs,
  responseLength: ({ responseLength }) => responseLength,
  routeKey: ({ routeKey }) => routeKey,
  stage: ({ stage }) => stage,
  status: ({ status }) => status,
};

const CLAIM = 'authorizer.claims.';

/** Reads `$context.<name>`; `-` for what the exchange does not have, as access logs show it. */
export const contextVariable = (name: string): ((exchange: Exchange) => string) => {
  if (name.startsWith(CLAIM)) {
    const claim = name.slice(CLAIM.length);
    return ({ claims }) => String(claims?.[claim] ?? '-');
  }
  const read = readers[name];
  return read ? (exchange) => String(read(exchange) ?? '-') : () => '-';
};

/** Compiles an access log format; values are escaped as JSON strings are, so that a JSON format stays JSON. */
export const compileAccessLog = (format: string): ((exchange: Exchange) => string) => {
  const parts = format.split(/\$context\.([A-Za-z0-9_.:-]*[A-Za-z0-9_])/);
  const writers = parts.map((part, index): ((exchange: Exchange) => string) => {
    if (index % 2 === 0) return () => part;
    const read = contextVariable(part);
    return (exchange) => JSON.stringify(read(exchange)).slice(1, -1);
  });
  return (exchange) => writers.map((write) => write(exchange)).join('');
};
