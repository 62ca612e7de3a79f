import type { Cause } from '../../kernel/messages/message.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { isTraceparent } from '../../kernel/ports/trace-context.ts';

const CORRELATION_ID = /^[\w.:-]{1,64}$/;

/** A correlation id that could forge a log line or a header is replaced by a new one. */
export const causeOfRequest = (
  headers: Readonly<Record<string, string | undefined>>,
  requestId: string,
  { ids, tracing }: Pick<Runtime, 'ids' | 'tracing'>,
): Cause => {
  const given = headers['x-correlation-id'];
  const sent = headers.traceparent;
  const traceparent = tracing.traceparent() ?? (isTraceparent(sent) ? sent : undefined);
  return {
    correlationId: given !== undefined && CORRELATION_ID.test(given) ? given : ids.next(),
    causationId: requestId,
    ...(traceparent === undefined ? {} : { traceparent }),
  };
};
