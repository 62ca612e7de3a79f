import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Cause } from '../../kernel/messages/message.ts';
import type { Log } from '../../kernel/ports/log.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { causeOfRequest } from './request-cause.ts';
import { pathOf } from './route-path.ts';

/** One request on its way through the pipeline. */
export interface Exchange {
  readonly startedMs: number;
  readonly cause: Cause;
  readonly log: Log;
  readonly path: string;
  /** What the handler is given, once everything has been checked. */
  request?: unknown;
}

export interface HttpEvent extends APIGatewayProxyEventV2 {
  exchange?: Exchange;
}

export const openExchange = (event: HttpEvent, route: string, runtime: Runtime): Exchange => {
  const cause = causeOfRequest(event.headers, event.requestContext.requestId, runtime);
  return {
    startedMs: runtime.clock.now(),
    cause,
    log: runtime.log.with({ route, correlationId: cause.correlationId, requestId: cause.causationId }),
    path: pathOf(event.rawPath, event.requestContext.stage),
  };
};

/** Throws a defect when the pipeline was assembled without its first part. */
export const exchangeOf = (event: HttpEvent): Exchange => {
  if (event.exchange === undefined) throw new Error('the exchange was never opened');
  return event.exchange;
};
