import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { answerOf } from '../../edge/http/answer.ts';
import { type HttpEvent, openExchange } from '../../edge/http/exchange.ts';
import { recordRequest } from '../../edge/http/observation.ts';
import { problemOf } from '../../edge/http/problem.ts';
import { askedPath } from '../../edge/http/route-path.ts';
import { Refused } from '../../kernel/values/errors.ts';
import { allowedMethods, unrouted } from '../domain/unrouted.ts';
import { runtime, wireRoutes } from '../wiring.ts';

const routes = wireRoutes();

const NO_CONTENT = 204;

/**
 * Takes what no route of the API takes, so that an unknown path or method is a problem document as well. OPTIONS answers
 * which methods there are; what pages of other origins may do is answered by API Gateway.
 */
export const handler = async (event: HttpEvent): Promise<APIGatewayProxyStructuredResultV2> => {
  const exchange = openExchange(event, () => '$default', runtime);
  const { http, stage } = event.requestContext;
  const path = askedPath(event.rawPath, stage);
  const { correlationId } = exchange.cause;
  const allow = allowedMethods(routes, path);
  const isAsked = http.method === 'OPTIONS' && allow.length > 0;
  const refused = isAsked ? undefined : new Refused(unrouted(routes, http.method, path));
  const answer = answerOf(
    refused ? problemOf(refused, path, correlationId) : { status: NO_CONTENT, headers: { allow: allow.join(', ') } },
    correlationId,
  );
  recordRequest({ ...event, exchange }, answer, refused, runtime);
  return answer;
};
