import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { readStoredEvent, type StoredEvent } from '../../kernel/stores/event-store.ts';
import { errorFields } from '../error-fields.ts';
import type { MessageContext } from '../message-context.ts';
import { recordBatch } from './batch-observation.ts';
import { inLanes } from './in-lanes.ts';
import { insertedRow, resumeAt } from './stream-records.ts';

interface Delivered<Event> {
  readonly record: DynamoDBRecord;
  readonly stored: StoredEvent<Event> | undefined;
}

/**
 * The function behind an event table's stream that keeps views up to date. Events of one stream come in order, those of
 * others side by side; the batch is resumed at the oldest event that failed, so `handle` must take an event twice.
 */
export const projectionHandler = <Event>(
  handle: (stored: StoredEvent<Event>, context: MessageContext) => Promise<void>,
  runtime: Runtime,
): ((
  event: DynamoDBStreamEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<DynamoDBBatchResponse>) => {
  const { clock, log, tracing } = runtime;

  const work = async ({ record, stored }: Delivered<Event>, remainingMs: () => number): Promise<void> => {
    if (stored === undefined) return;
    const { streamId, version, cause } = stored;
    const fields = { streamId, version, correlationId: cause.correlationId };
    const context = { cause, log: log.with(fields), remainingMs };
    try {
      await tracing.span('project', { correlationId: cause.correlationId }, () => handle(stored, context));
    } catch (thrown) {
      context.log.error('projection failed', {
        sequenceNumber: record.dynamodb?.SequenceNumber,
        ...errorFields(thrown),
      });
      throw thrown;
    }
  };

  return async ({ Records: records }, context) => {
    const startedMs = clock.now();
    const delivered = records.map((record) => ({ record, stored: readStoredEvent<Event>(insertedRow(record) ?? {}) }));
    const events = delivered.filter(({ stored }) => stored !== undefined);
    const failures = await inLanes(
      events,
      ({ stored }) => stored?.streamId ?? '',
      (each) => work(each, () => context.getRemainingTimeInMillis()),
    );
    recordBatch('projection', { records: events.length, failures: failures.length, startedMs }, runtime);
    return resumeAt(
      records,
      failures.map(({ item }) => item.record),
    );
  };
};
