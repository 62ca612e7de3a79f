import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Message } from '../../kernel/messages/message.ts';
import type { OwnQueue } from '../../kernel/messages/own-queue.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { errorFields } from '../error-fields.ts';
import { recordBatch } from './batch-observation.ts';
import { openEnvelope } from './envelope.ts';
import { inLanes } from './in-lanes.ts';
import { createMessageWork, type Handle, type Readers } from './message-work.ts';
import { createSettlement } from './settlement.ts';

export type QueueFunction = (
  event: SQSEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<SQSBatchResponse>;

interface Delivery<Read> {
  readonly record: SQSRecord;
  readonly message: Read;
}

interface Malformed {
  readonly record: SQSRecord;
  readonly thrown: unknown;
}

/**
 * The function behind a queue. Messages of one aggregate are handled in order, those of others side by side; only what
 * failed comes back, later each time. What is malformed goes to the dead letters at once: no later try can read it. The
 * mapping must have ReportBatchItemFailures.
 */
export const queueHandler = <const Messages extends readonly Message<string, unknown>[]>(
  contracts: Readers<Messages>,
  handle: Handle<Messages[number]>,
  runtime: Runtime,
  queue: OwnQueue,
): QueueFunction => {
  const { log, clock } = runtime;
  const work = createMessageWork(handle, runtime);
  const settlement = createSettlement(queue, runtime);

  const open = (record: SQSRecord): Delivery<Messages[number]> | Malformed => {
    try {
      return { record, message: openEnvelope(JSON.parse(record.body), contracts) };
    } catch (error) {
      const thrown = redacted(error);
      log.error('malformed message', { messageId: record.messageId, ...errorFields(thrown) });
      return { record, thrown };
    }
  };

  return async ({ Records: records }, context) => {
    const startedMs = clock.now();
    const opened = records.map(open);
    const malformed = opened.filter((one) => 'thrown' in one);
    const failures = await inLanes(
      opened.filter((one) => 'message' in one),
      ({ message }) => message.metadata.aggregate,
      ({ message }) => work(message, () => context.getRemainingTimeInMillis()),
    );
    const failed = [
      ...(await settlement.giveUp(malformed)),
      ...(await settlement.putOff(failures.map(({ item }) => item.record))),
    ];
    const thrown = failures.map((failure) => failure.thrown);
    const batch = { records: records.length, failures: malformed.length + failures.length, startedMs, thrown };
    recordBatch('batch', batch, runtime);
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
};

/** A parser's message quotes what it could not read. */
const redacted = (thrown: unknown): unknown =>
  thrown instanceof SyntaxError ? new Error('the body is not JSON') : thrown;
