import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { causedBy, type Message } from '../../kernel/messages/message.ts';
import type { OwnQueue } from '../../kernel/messages/own-queue.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { errorFields } from '../error-fields.ts';
import type { MessageContext } from '../message-context.ts';
import { recordBatch } from './batch-observation.ts';
import { openEnvelope, type Reader } from './envelope.ts';
import { inLanes } from './in-lanes.ts';
import { createSettlement } from './settlement.ts';

export type { MessageContext } from '../message-context.ts';

export type QueueFunction = (
  event: SQSEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<SQSBatchResponse>;

/** A contract for each message type. */
type Readers<Messages extends readonly Message<string, unknown>[]> = {
  readonly [Position in keyof Messages]: Reader<Messages[Position]>;
};

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
  handle: (message: Messages[number], context: MessageContext) => Promise<void>,
  runtime: Runtime,
  queue: OwnQueue,
): QueueFunction => {
  const { log, clock, tracing } = runtime;
  const settlement = createSettlement(queue, runtime);

  const open = (record: SQSRecord): Delivery<Messages[number]> | Malformed => {
    try {
      return { record, message: openEnvelope(record.body, contracts) };
    } catch (error) {
      const thrown = redacted(error);
      log.error('malformed message', { messageId: record.messageId, ...errorFields(thrown) });
      return { record, thrown };
    }
  };

  const work = async ({ message }: Delivery<Messages[number]>, remainingMs: () => number): Promise<void> => {
    const cause = causedBy(message);
    const fields = { messageId: message.metadata.id, type: message.type, correlationId: cause.correlationId };
    const context = { cause, log: log.with(fields), remainingMs };
    try {
      await tracing.span(message.type, { correlationId: cause.correlationId }, () => handle(message, context));
    } catch (thrown) {
      context.log.error('message failed', errorFields(thrown));
      throw thrown;
    }
  };

  return async ({ Records: records }, context) => {
    const startedMs = clock.now();
    const opened = records.map(open);
    const malformed = opened.filter((one) => 'thrown' in one);
    const failures = await inLanes(
      opened.filter((one) => 'message' in one),
      ({ message }) => message.metadata.aggregate,
      (delivery) => work(delivery, () => context.getRemainingTimeInMillis()),
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
