import type { IncomingMessage, RequestListener } from 'node:http';
import { stackOf } from '../../core/thrown.ts';
import type { World } from '../../core/world.ts';
import { readBody } from '../../http/body.ts';
import { type CorsSettings, preflightHeaders, withCors } from '../../http/cors.ts';
import { payloadV2 } from '../../http/payload-v2/event.ts';
import { readParts } from '../../http/payload-v2/parts.ts';
import { requestOf } from '../../http/request.ts';
import type { HttpResponse } from '../../http/response.ts';
import type { CompiledApi, StageRoute } from './compiled-api.ts';
import { type OpenedExchange, openExchange } from './open-exchange.ts';
import { mapRequest } from './request/request-mapping.ts';
import {
  badRequest,
  entityTooLarge,
  headersTooLarge,
  internalServerError,
  notFound,
  tooManyRequests,
} from './respond/gateway-response.ts';
import { callIntegration } from './respond/integration-call.ts';
import { recordExchange } from './respond/record-exchange.ts';
import { writeAnswer } from './respond/write-response.ts';
import type { RouteMatch } from './route-table.ts';

/** HTTP APIs take 10 MB (API Gateway quotas). */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** Bytes of the request line and headers, which AWS caps at 10,240 (API Gateway quotas for HTTP APIs). */
const MAX_HEAD_BYTES = 10_240;

const headBytes = (request: IncomingMessage): number => {
  let bytes = (request.method?.length ?? 0) + (request.url?.length ?? 0) + request.httpVersion.length;
  for (const text of request.rawHeaders) bytes += text.length;
  return bytes;
};

const isPreflight = (request: IncomingMessage): boolean =>
  request.method === 'OPTIONS' &&
  request.headers.origin !== undefined &&
  request.headers['access-control-request-method'] !== undefined;

const preflight = (cors: CorsSettings, { headers }: IncomingMessage): HttpResponse => ({
  status: 204,
  headers: preflightHeaders(cors, headers.origin ?? ''),
  body: '',
});

const isPreflightAnswer = (request: IncomingMessage, { status }: HttpResponse): boolean =>
  status === 204 && isPreflight(request);

const proceed = async (
  world: World,
  compiled: CompiledApi,
  opened: OpenedExchange,
  incoming: IncomingMessage,
  { value: route, pathParameters }: RouteMatch<StageRoute>,
): Promise<HttpResponse> => {
  const { exchange, trace, stage } = opened;
  exchange.routeKey = route.routeKey;
  if (route.throttle && !route.throttle.take()) return tooManyRequests;
  const body = await readBody(incoming, MAX_BODY_BYTES);
  if (body === 'too large') return entityTooLarge;
  if (body === 'aborted') return badRequest;
  const request = requestOf(incoming, body);
  const parts = readParts(request.headers, incoming.socket, exchange.rawQueryString, trace.header);
  const authorization = route.authorize?.(exchange, parts, request) ?? { authorizerJson: undefined };
  if ('refused' in authorization) return authorization.refused;
  const { cors } = compiled.api;
  if (cors && isPreflight(incoming)) return preflight(cors, incoming);
  const stageVariables = stage?.variables;
  const { integration, source } = route;
  const { authorizerJson } = authorization;
  const mapped = mapRequest(integration.mapping, { exchange, parts, pathParameters, stageVariables });
  const payload = payloadV2({ context: exchange, ...mapped, pathParameters, stageVariables, authorizerJson, body });
  const invocation = {
    functionName: integration.functionName,
    payload,
    source,
    traceHeader: trace.invocationHeader,
    by: route.callerFor(exchange.method),
  };
  return callIntegration(world, exchange, invocation, integration.timeoutMs);
};

const respond = async (
  world: World,
  compiled: CompiledApi,
  opened: OpenedExchange,
  request: IncomingMessage,
): Promise<HttpResponse> => {
  const { exchange, stage } = opened;
  if (headBytes(request) > MAX_HEAD_BYTES) return headersTooLarge;
  if (opened.pathIsMalformed) return badRequest;
  const match = stage?.routes.match(exchange.method, exchange.routePath);
  if (match) return proceed(world, compiled, opened, request, match);
  const { cors } = compiled.api;
  return stage && cors && isPreflight(request) ? preflight(cors, request) : notFound;
};

const CORRELATION_ID = 'x-correlation-id';

/** A function that follows requests answers with the id it logs; when it did not answer, the client may have sent one. */
const correlationIdOf = ({ headers }: HttpResponse, request: IncomingMessage): string | undefined => {
  const answered = headers.find(([name]) => name === CORRELATION_ID)?.[1];
  const sent = request.headers[CORRELATION_ID];
  return answered ?? (Array.isArray(sent) ? sent[0] : sent);
};

/** Answers one API's requests; `compiledApi` gives its routes as they stand. */
export const createRequestHandler = (world: World, compiledApi: () => CompiledApi): RequestListener => {
  const serve = async (request: IncomingMessage, response: Parameters<RequestListener>[1]) => {
    const compiled = compiledApi();
    const opened = openExchange(world, compiled, request);
    const { exchange, stage } = opened;
    let answer: HttpResponse;
    try {
      answer = await respond(world, compiled, opened, request);
    } catch (error) {
      exchange.integrationError = stackOf(error);
      answer = internalServerError;
    }
    const { origin } = request.headers;
    if (compiled.api.cors && origin !== undefined && !isPreflightAnswer(request, answer)) {
      answer = withCors(answer, compiled.api.cors, origin);
    }
    const correlationId = correlationIdOf(answer, request);
    if (correlationId !== undefined) exchange.correlationId = correlationId;
    writeAnswer(response, answer, exchange);
    recordExchange(world, exchange, stage?.accessLog);
  };
  return (request, response) => {
    serve(request, response).catch((error: unknown) => {
      const message = stackOf(error);
      const entry = { id: world.random.uuid(), atMs: world.clock.now(), level: 'ERROR', source: 'apigateway', message };
      world.journal.record('logs', entry);
      response.destroy();
    });
  };
};
