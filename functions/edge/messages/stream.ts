import type { Context, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { count } from '../../kernel/ports/metrics.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { isEventRow, readStoredEvents, type StoredEvent } from '../../kernel/stores/event-store.ts';
import type { JsonObject } from '../../kernel/values/json.ts';
import { errorFields } from '../error-fields.ts';
import type { MessageContext } from '../message-context.ts';
import { recordBatch } from './batch-observation.ts';
import { inLanes } from './in-lanes.ts';
import { insertedRow, resumeAt, rowBefore } from './stream-records.ts';

interface Delivered {
  readonly record: DynamoDBRecord;
  readonly stored: StoredEvent<JsonObject>;
}

/** What a batch holds of one stream. */
interface Progress {
  readonly newest: StoredEvent<JsonObject>;
  readonly records: readonly DynamoDBRecord[];
}

/**
 * The function behind an event table's stream that keeps views up to date. `handle` is given the newest event of each
 * stream in the batch, those of several streams side by side, and brings its view up to the stream; the batch is resumed
 * at the oldest event of what failed, so `handle` must take an event twice. An event that was replaced or removed is
 * counted and not handled: history is not written twice.
 */
export const projectionHandler = (
  handle: (stored: StoredEvent<JsonObject>, context: MessageContext) => Promise<void>,
  runtime: Runtime,
): ((
  event: DynamoDBStreamEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<DynamoDBBatchResponse>) => {
  const { clock, log, tracing } = runtime;

  const work = async ({ newest, records }: Progress, remainingMs: () => number): Promise<void> => {
    const { streamId, version, cause } = newest;
    const fields = { streamId, version, correlationId: cause.correlationId };
    const context = { cause, log: log.with(fields), remainingMs };
    try {
      await tracing.span('project', { correlationId: cause.correlationId }, () => handle(newest, context));
    } catch (thrown) {
      context.log.error('projection failed', {
        sequenceNumber: records[0]?.dynamodb?.SequenceNumber,
        ...errorFields(thrown),
      });
      throw thrown;
    }
  };

  return async ({ Records: records }, context) => {
    const startedMs = clock.now();
    const { events, unreadable } = read(records, log);
    noteRewritten(records, runtime);
    const failures = await inLanes(
      progressOf(events),
      ({ newest }) => newest.streamId,
      (each) => work(each, () => context.getRemainingTimeInMillis()),
    );
    const failed = [...failures.flatMap(({ item }) => item.records), ...unreadable];
    const thrown = failures.map((failure) => failure.thrown);
    recordBatch('projection', { records: events.length, failures: failed.length, startedMs, thrown }, runtime);
    return resumeAt(records, failed);
  };
};

const progressOf = (events: readonly Delivered[]): readonly Progress[] =>
  [...Map.groupBy(events, ({ stored }) => stored.streamId).values()].flatMap((ofStream) => {
    const newest = ofStream.at(-1)?.stored;
    return newest === undefined ? [] : [{ newest, records: ofStream.map(({ record }) => record) }];
  });

const noteRewritten = (
  records: readonly DynamoDBRecord[],
  { log, metrics }: Pick<Runtime, 'log' | 'metrics'>,
): void => {
  const rewritten = records.flatMap((record) => {
    const row = rowBefore(record);
    return row !== undefined && isEventRow(row) ? [{ name: record.eventName, pk: row.pk, sk: row.sk }] : [];
  });
  for (const { name, pk, sk } of rewritten) log.error('event rewritten', { change: name, stream: pk, event: sk });
  if (rewritten.length > 0) metrics.record({ rewritten: count(rewritten.length) });
};

/** The events among the rows, and the records of those that cannot be read. */
const read = (
  records: readonly DynamoDBRecord[],
  log: Runtime['log'],
): { events: Delivered[]; unreadable: DynamoDBRecord[] } => {
  const events: Delivered[] = [];
  const unreadable: DynamoDBRecord[] = [];
  for (const record of records) {
    try {
      for (const stored of readStoredEvents(insertedRow(record) ?? {})) events.push({ record, stored });
    } catch (thrown) {
      log.error('unreadable event', { sequenceNumber: records[0]?.dynamodb?.SequenceNumber, ...errorFields(thrown) });
      unreadable.push(record);
    }
  }
  return { events, unreadable };
};
