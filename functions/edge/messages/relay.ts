import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { CommandQueues, EventBus } from '../../kernel/messages/publishing.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import type { Annotations } from '../../kernel/ports/tracing.ts';
import { isOutboxRow, type OutboxMessage, readOutboxRow } from '../../kernel/stores/outbox.ts';
import { errorFields } from '../error-fields.ts';
import { recordBatch } from './batch-observation.ts';
import { insertedRow, resumeAt } from './stream-records.ts';

export interface RelayPorts {
  readonly bus: EventBus;
  readonly queues: CommandQueues;
}

export type StreamFunction = (event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;

interface OutboxRecord extends OutboxMessage {
  readonly record: DynamoDBRecord;
}

/** X-Ray keeps 1,000 characters of an annotation. */
const NAMED = 30;

/** A relay works for several requests at once, in a trace of its own: whose messages it sends links it to theirs. */
const annotationsOf = (pending: readonly OutboxRecord[]): Annotations => {
  const ids = new Set(pending.map(({ message }) => message.metadata.correlationId));
  return { messages: pending.length, correlationIds: [...ids].slice(0, NAMED).join(' ') };
};

/** The n-th message of every aggregate: what may be sent together without one message overtaking another of its own. */
const rounds = (pending: readonly OutboxRecord[]): OutboxRecord[][] => {
  const result: OutboxRecord[][] = [];
  for (const lane of Map.groupBy(pending, ({ message }) => message.metadata.aggregate).values()) {
    for (const [position, record] of lane.entries()) {
      const round = result[position] ?? [];
      round.push(record);
      result[position] = round;
    }
  }
  return result;
};

/**
 * The function behind a table's stream that sends outbox rows on. Messages of one aggregate keep their order, and the
 * first failure ends the batch, to be resumed at the oldest record that is not sent: nothing is lost, some may come twice.
 */
export const relayHandler = ({ bus, queues }: RelayPorts, runtime: Runtime): StreamFunction => {
  const { clock, log, tracing } = runtime;

  const toBus = async (pending: readonly OutboxRecord[]): Promise<readonly OutboxRecord[]> => {
    if (pending.length === 0) return [];
    const { failed } = await bus.publish(pending.map(({ message }) => message));
    return pending.filter((_, position) => failed.includes(position));
  };

  const toQueues = async (pending: readonly OutboxRecord[]): Promise<readonly OutboxRecord[]> => {
    const sent = await Promise.allSettled(
      pending.map(async ({ destination, message }) => {
        if (destination.kind === 'queue') await queues.send(destination.queue, message, destination.delaySeconds);
      }),
    );
    for (const each of sent) if (each.status === 'rejected') log.error('command not sent', errorFields(each.reason));
    return pending.filter((_, position) => sent[position]?.status === 'rejected');
  };

  const send = async (round: readonly OutboxRecord[]): Promise<readonly OutboxRecord[]> => {
    const events = round.filter(({ destination }) => destination.kind === 'bus');
    const commands = round.filter(({ destination }) => destination.kind === 'queue');
    const published = toBus(events).catch((thrown: unknown) => {
      log.error('events not sent', errorFields(thrown));
      return events;
    });
    return (await Promise.all([published, toQueues(commands)])).flat();
  };

  /** What is left unsent. */
  const sendAll = async (pending: readonly OutboxRecord[]): Promise<readonly OutboxRecord[]> => {
    const planned = rounds(pending);
    for (const [position, round] of planned.entries()) {
      const failed = await send(round);
      if (failed.length > 0) return [...failed, ...planned.slice(position + 1).flat()];
    }
    return [];
  };

  return async ({ Records: records }) => {
    const startedMs = clock.now();
    const { pending, unreadable } = read(records, log);
    const unsent = await tracing.span('relay', annotationsOf(pending), () => sendAll(pending));
    const failed = [...unsent.map(({ record }) => record), ...unreadable];
    recordBatch('relay', { records: pending.length, failures: failed.length, startedMs }, runtime);
    return resumeAt(records, failed);
  };
};

/** Up to the first row that cannot be read, so that none after it overtakes it. */
const read = (
  records: readonly DynamoDBRecord[],
  log: Runtime['log'],
): { pending: OutboxRecord[]; unreadable: DynamoDBRecord[] } => {
  const pending: OutboxRecord[] = [];
  for (const record of records) {
    try {
      const row = insertedRow(record);
      if (row !== undefined && isOutboxRow(row)) pending.push({ record, ...readOutboxRow(row) });
    } catch (thrown) {
      log.error('unreadable outbox row', { sequenceNumber: record.dynamodb?.SequenceNumber, ...errorFields(thrown) });
      return { pending, unreadable: [record] };
    }
  }
  return { pending, unreadable: [] };
};
