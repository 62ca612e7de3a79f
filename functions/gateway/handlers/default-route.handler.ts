import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { answerOf } from '../../edge/http/answer.ts';
import { type HttpEvent, openExchange } from '../../edge/http/exchange.ts';
import { recordRequest } from '../../edge/http/observation.ts';
import { problemOf } from '../../edge/http/problem.ts';
import { askedPath } from '../../edge/http/route-path.ts';
import { Refused } from '../../kernel/values/errors.ts';
import { unrouted } from '../domain/unrouted.ts';
import { runtime, wireRoutes } from '../wiring.ts';

const routes = wireRoutes();

/** Takes what no route of the API takes, so that an unknown path or method is a problem document as well. */
export const handler = async (event: HttpEvent): Promise<APIGatewayProxyStructuredResultV2> => {
  const exchange = openExchange(event, () => '$default', runtime);
  const { http, stage } = event.requestContext;
  const path = askedPath(event.rawPath, stage);
  const refused = new Refused(unrouted(routes, http.method, path));
  const { correlationId } = exchange.cause;
  const answer = answerOf(problemOf(refused, path, correlationId), correlationId);
  recordRequest({ ...event, exchange }, answer, refused, runtime);
  return answer;
};
