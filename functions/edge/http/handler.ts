import middy, { type MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { ApiContract, RouteContract } from '../../kernel/messages/contract.ts';
import { type Operation, operationKey, versionsOf } from '../../kernel/messages/operations.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { answerOf, resultOf, writtenAnswer } from './answer.ts';
import { exchangeOf, type HttpEvent, openExchange } from './exchange.ts';
import { readInputs } from './inputs.ts';
import { recordRequest } from './observation.ts';
import { conditionalAnswer } from './preconditions.ts';
import { problemOf } from './problem.ts';
import type { HttpAnswer, HttpRequest } from './request.ts';
import { announcementOf, recordUse } from './versions.ts';

export type { HttpAnswer, HttpRequest } from './request.ts';

type Middleware = MiddlewareObj<HttpEvent, APIGatewayProxyStructuredResultV2, Error, Context>;

/** The Lambda function behind one route. */
export type HttpFunction = (event: HttpEvent, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

const observed = (route: RouteContract, versions: readonly Operation[], runtime: Runtime): Middleware => ({
  name: 'observed',
  before: ({ event }) => {
    event.exchange = openExchange(event, (version) => operationKey({ ...route, version }), runtime);
  },
  after: ({ event, response }) => {
    recordRequest(event, response, undefined, runtime);
    recordUse(event, versions, runtime);
  },
  onError: ({ event, response, error }) => {
    recordRequest(event, response, error, runtime);
    recordUse(event, versions, runtime);
  },
});

/** Says with every answer, problems included, that this version will go. */
const announced = (versions: readonly Operation[]): Middleware => {
  const announce: Middleware['after'] = ({ event, response }) => {
    if (response) response.headers = { ...response.headers, ...announcementOf(versions, exchangeOf(event)) };
  };
  return { name: 'announced', after: announce, onError: announce };
};

/** A HEAD request is answered as the GET would be, without the content (RFC 9110 §9.3.2). */
const withoutContent = (): Middleware => {
  const strip: Middleware['after'] = ({ event, response }) => {
    if (response && event.requestContext.http.method === 'HEAD') delete response.body;
  };
  return { name: 'without content', after: strip, onError: strip };
};

const problems = (): Middleware => ({
  name: 'problems',
  onError: (request) => {
    const { path, cause } = exchangeOf(request.event);
    request.response = answerOf(problemOf(request.error, path, cause.correlationId), cause.correlationId);
  },
});

const checked = (versions: readonly Operation[], runtime: Runtime): Middleware => ({
  name: 'checked',
  before: ({ event, context }) => {
    exchangeOf(event).request = readInputs(event, context, versions, runtime);
  },
});

/**
 * The function of one route of a contract: `handle` is given a request that has passed authorization and validation, and
 * what it throws becomes a problem document (Refused: its outcome; anything else: 500 without its message).
 */
export const httpHandler = <
  Routes extends Readonly<Record<string, RouteContract>>,
  const Name extends string & keyof Routes,
>(
  api: ApiContract<Routes>,
  name: Name,
  handle: (request: HttpRequest<Routes[Name]>) => Promise<HttpAnswer>,
  runtime: Runtime,
): HttpFunction => {
  const route: RouteContract | undefined = api.routes[name];
  if (route === undefined) throw new Error(`${api.service} has no route ${name}`);
  const versions = versionsOf(name, route);
  const run = async (event: HttpEvent): Promise<APIGatewayProxyStructuredResultV2> => {
    const { request, cause } = exchangeOf(event);
    const annotations = { correlationId: cause.correlationId };
    const answer = await runtime.tracing.span(name, annotations, () => handle(request as HttpRequest<Routes[Name]>));
    const written = writtenAnswer(answer, runtime.hash);
    return resultOf(route.method === 'GET' ? conditionalAnswer(written, event.headers) : written, cause.correlationId);
  };
  // An answer sent by a timer while the handler still writes would be a second outcome of one request.
  return middy<HttpEvent, APIGatewayProxyStructuredResultV2>(run, { timeoutEarlyInMillis: 0 })
    .use(observed(route, versions, runtime))
    .use(announced(versions))
    .use(withoutContent())
    .use(problems())
    .use(checked(versions, runtime));
};
