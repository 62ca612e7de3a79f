import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Cause } from '../../kernel/messages/message.ts';
import type { Log } from '../../kernel/ports/log.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { causeOfRequest } from './request-cause.ts';
import { routePath } from './route-path.ts';

/** One request on its way through the pipeline. */
export interface Exchange {
  readonly startedMs: number;
  readonly cause: Cause;
  readonly log: Log;
  readonly path: string;
  /** Of the route. */
  readonly version: number;
  /** What the handler is given, once everything has been checked. */
  request?: unknown;
}

export interface HttpEvent extends APIGatewayProxyEventV2 {
  exchange?: Exchange;
}

export const openExchange = (event: HttpEvent, nameOf: (version: number) => string, runtime: Runtime): Exchange => {
  const found = routePath(event.rawPath, event.requestContext.stage);
  const cause = causeOfRequest(event.headers, event.requestContext.requestId, runtime);
  return {
    startedMs: runtime.clock.now(),
    cause,
    log: runtime.log.with({
      route: nameOf(found.version),
      correlationId: cause.correlationId,
      requestId: cause.causationId,
    }),
    ...found,
  };
};

/** Throws a defect when the pipeline was assembled without its first part. */
export const exchangeOf = (event: HttpEvent): Exchange => {
  if (event.exchange === undefined) throw new Error('the exchange was never opened');
  return event.exchange;
};
