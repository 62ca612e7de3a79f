import type { Interceptor } from '@connectrpc/connect';
import type { Cause } from '../../kernel/messages/message.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { isTraceparent } from '../../kernel/ports/trace-context.ts';
import { errorFields } from '../error-fields.ts';
import { recordFailures } from '../failures.ts';
import { causeOfRequest } from '../http/request-cause.ts';
import { codeName, isFailure, statusOf } from './status.ts';

/** Runs what belongs to the trace of a caller. */
export type InTrace = <T>(traceparent: string | undefined, run: () => Promise<T>) => Promise<T>;

/** Asked every few seconds, by machines. */
const UNLOGGED = /^grpc\./;

const causeOf = (header: Headers, runtime: Runtime): Cause => {
  const given = {
    'x-correlation-id': header.get('x-correlation-id') ?? undefined,
    traceparent: header.get('traceparent') ?? undefined,
  };
  return causeOfRequest(given, runtime.ids.next(), runtime);
};

/**
 * One line a call, and a measure when it failed, as functions do for a request; what it throws becomes its status. The
 * caller's ids are for logs and traces, never for permission. A stream is logged when it opens.
 */
export const observedCalls =
  (runtime: Runtime, inTrace: InTrace): Interceptor =>
  (next) =>
  async (request) => {
    const name = `${request.service.typeName}/${request.method.name}`;
    if (UNLOGGED.test(name)) return await next(request);
    const sent = request.header.get('traceparent') ?? undefined;
    return await inTrace(isTraceparent(sent) ? sent : undefined, async () => {
      const startedMs = runtime.clock.now();
      const { correlationId } = causeOf(request.header, runtime);
      const log = runtime.log.with({ correlationId, call: name });
      try {
        const response = await runtime.tracing.span(request.method.name, { correlationId }, () => next(request));
        log.info('call', { code: 'Ok', ms: runtime.clock.now() - startedMs });
        return response;
      } catch (thrown) {
        const fields = { code: codeName(thrown), ms: runtime.clock.now() - startedMs, ...errorFields(thrown) };
        if (isFailure(thrown)) log.error('call failed', fields);
        else log.info('call', fields);
        recordFailures(runtime.metrics, isFailure(thrown) ? 1 : 0, [thrown]);
        throw statusOf(thrown);
      }
    });
  };
