import type { Context, ScheduledEvent } from 'aws-lambda';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { errorFields } from '../error-fields.ts';
import type { MessageContext } from '../message-context.ts';
import { recordBatch } from './batch-observation.ts';

/** The function behind a schedule. A failure is thrown on, so that Lambda repeats it and the alarm sees it. */
export const scheduledHandler = (
  handle: (context: MessageContext) => Promise<void>,
  runtime: Runtime,
): ((event: Pick<ScheduledEvent, 'id'>, context: Pick<Context, 'getRemainingTimeInMillis'>) => Promise<void>) => {
  const { clock, ids, log, tracing } = runtime;
  return async ({ id }, context) => {
    // What a run writes names its cause, which its consumers need: without one nothing is begun.
    if (typeof id !== 'string' || id === '') throw new Error('the event has no id, by which what it causes is named');
    const startedMs = clock.now();
    const traceparent = tracing.traceparent();
    const cause = { correlationId: ids.next(), causationId: id, ...(traceparent === undefined ? {} : { traceparent }) };
    const runLog = log.with({ correlationId: cause.correlationId });
    try {
      await tracing.span('schedule', { correlationId: cause.correlationId }, () =>
        handle({ cause, log: runLog, remainingMs: () => context.getRemainingTimeInMillis() }),
      );
      recordBatch('schedule', { records: 1, failures: 0, startedMs }, runtime);
    } catch (thrown) {
      runLog.error('schedule failed', errorFields(thrown));
      recordBatch('schedule', { records: 1, failures: 1, startedMs, thrown: [thrown] }, runtime);
      throw thrown;
    }
  };
};
