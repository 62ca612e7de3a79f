import { objectInText } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import type { Exchange } from '../request/exchange.ts';

/** Puts a finished exchange into the journal, and its access log line where the stage has one. */
export const recordExchange = (
  world: World,
  exchange: Exchange,
  accessLog: ((exchange: Exchange) => string) | undefined,
): void => {
  exchange.endMs = world.clock.now();
  const { requestId, atMs, apiId, stage, method, path, target, routeKey, status, traceId, endMs } = exchange;
  world.journal.record('requests', {
    id: requestId,
    atMs,
    apiId,
    stage,
    method,
    path,
    target,
    routeKey,
    status,
    durationMs: endMs - atMs,
    traceId,
    ...(exchange.invocationId !== undefined && { invocationId: exchange.invocationId }),
    ...(exchange.correlationId !== undefined && { correlationId: exchange.correlationId }),
    ...(exchange.principal !== undefined && { principal: exchange.principal }),
    ...(exchange.authorizerError !== undefined && { authorizerError: exchange.authorizerError }),
    ...(exchange.integrationError !== undefined && { integrationError: exchange.integrationError }),
  });
  if (!accessLog) return;
  const id = `${requestId}access`;
  const source = `access log of ${apiId}/${stage}`;
  const message = accessLog(exchange);
  const data = objectInText(message);
  const entry = { id, atMs: endMs, level: 'INFO', source, message, traceId, ...(data && { data }) };
  world.journal.record('logs', entry);
};
