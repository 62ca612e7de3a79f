import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { count } from '../../kernel/ports/metrics.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import type { Annotations } from '../../kernel/ports/tracing.ts';
import { derivedMessages, hasDerivedMessages } from '../../kernel/stores/derived-messages.ts';
import { isOutboxRow, type OutboxMessage, readOutboxRow } from '../../kernel/stores/outbox.ts';
import { parkingCommits, parkWrite, unreadableWrite } from '../../kernel/stores/parking.ts';
import type { Item, Table, Write } from '../../kernel/stores/table.ts';
import { errorFields } from '../error-fields.ts';
import { recordBatch } from './batch-observation.ts';
import { createSender, type SenderPorts, sendInOrder } from './sender.ts';
import { resumeAt, writtenRow } from './stream-records.ts';

export interface RelayPorts extends SenderPorts {
  /** The service's own table, where what cannot be sent is parked. */
  readonly table: Pick<Table, 'commit'>;
  readonly tableName: string;
}

export type StreamFunction = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

interface OutboxRecord extends OutboxMessage {
  readonly record: DynamoDBRecord;
}

interface UnreadableRow {
  readonly record: DynamoDBRecord;
  readonly row: Item;
}

/** X-Ray keeps 1,000 characters of an annotation. */
const NAMED = 30;

/** A relay works for several requests at once, in a trace of its own: whose messages it sends links it to theirs. */
const annotationsOf = (pending: readonly OutboxRecord[]): Annotations => {
  const ids = new Set(pending.map(({ message }) => message.metadata.correlationId));
  return { messages: pending.length, correlationIds: [...ids].slice(0, NAMED).join(' ') };
};

/**
 * The function behind a table's stream that sends what committed rows say, the messages of one aggregate in order, and the
 * outbox rows that an earlier release still writes while this one comes or goes. What cannot be sent is
 * parked with its content and stops nothing else; only when it cannot even be parked is the batch resumed, at the oldest
 * such record. Nothing is lost, and some messages may come twice.
 */
export const relayHandler = ({ table, tableName, ...ports }: RelayPorts, runtime: Runtime): StreamFunction => {
  const { clock, log, metrics, random, tracing } = runtime;

  /** Returns the records of what could not be parked. */
  const park = async (writes: readonly (readonly [DynamoDBRecord, Write])[]): Promise<readonly DynamoDBRecord[]> => {
    const left: DynamoDBRecord[] = [];
    for (const lot of parkingCommits(writes)) {
      try {
        await table.commit(lot.map(([, write]) => write));
      } catch (thrown) {
        log.error('messages not parked', errorFields(thrown));
        left.push(...lot.map(([record]) => record));
      }
    }
    return left;
  };

  return async ({ Records: records }) => {
    const startedMs = clock.now();
    const { pending, unreadable } = read(records, tableName, runtime);
    const unsent = await tracing.span('relay', annotationsOf(pending), () =>
      sendInOrder(pending, createSender(ports, runtime, records[0]?.eventSourceARN)),
    );
    const nowMs = clock.now();
    const left = await park([
      ...unsent.map(({ record, ...message }) => [record, parkWrite(message, nowMs, random)] as const),
      ...unreadable.map(({ record, row }) => {
        const position = record.dynamodb?.SequenceNumber ?? '';
        return [record, unreadableWrite(position, row, nowMs)] as const;
      }),
    ]);
    const parked = unsent.length + unreadable.length - left.length;
    if (parked > 0) metrics.record({ parked: count(parked), unreadable: count(unreadable.length) });
    recordBatch('relay', { records: pending.length, failures: left.length, startedMs }, runtime);
    return resumeAt(records, left);
  };
};

const read = (
  records: readonly DynamoDBRecord[],
  tableName: string,
  { hash, log }: Pick<Runtime, 'hash' | 'log'>,
): { readonly pending: readonly OutboxRecord[]; readonly unreadable: readonly UnreadableRow[] } => {
  const pending: OutboxRecord[] = [];
  const unreadable: UnreadableRow[] = [];
  for (const record of records) {
    const row = writtenRow(record) ?? {};
    try {
      if (hasDerivedMessages(row))
        for (const message of derivedMessages(row, tableName, hash)) pending.push({ record, ...message });
      else if (isOutboxRow(row) && record.eventName === 'INSERT') pending.push({ record, ...readOutboxRow(row) });
    } catch (thrown) {
      log.error('unreadable row', { sequenceNumber: record.dynamodb?.SequenceNumber, ...errorFields(thrown) });
      unreadable.push({ record, row: { pk: String(row.pk), sk: String(row.sk), ...row } });
    }
  }
  return { pending, unreadable };
};
