import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { MessageContract } from '../../kernel/messages/contract.ts';
import { causedBy, type Message } from '../../kernel/messages/message.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { errorFields } from '../error-fields.ts';
import type { MessageContext } from '../message-context.ts';
import { recordBatch } from './batch-observation.ts';
import { openEnvelope } from './envelope.ts';
import { inLanes } from './in-lanes.ts';

export type { MessageContext } from '../message-context.ts';

export type QueueFunction = (
  event: SQSEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<SQSBatchResponse>;

/** The messages that a list of contracts lets through, told apart by `type`. */
export type MessageOf<Contract> =
  Contract extends MessageContract<infer Type, infer Data> ? Message<Type, Data> : never;

interface Delivery {
  readonly record: SQSRecord;
  readonly message: Message;
}

/**
 * The function behind a queue. Messages of one aggregate are handled in order, those of others side by side; only what
 * failed comes back, and reaches the dead-letter queue after its receives. The mapping must have ReportBatchItemFailures.
 */
export const queueHandler = <const Contracts extends readonly MessageContract[]>(
  contracts: Contracts,
  handle: (message: MessageOf<Contracts[number]>, context: MessageContext) => Promise<void>,
  runtime: Runtime,
): QueueFunction => {
  const { log, clock, tracing } = runtime;

  const open = (record: SQSRecord): Delivery | undefined => {
    try {
      return { record, message: openEnvelope(record.body, contracts) };
    } catch (thrown) {
      log.error('malformed message', { messageId: record.messageId, ...errorFields(redacted(thrown)) });
      return undefined;
    }
  };

  const work = async ({ message }: Delivery, remainingMs: () => number): Promise<void> => {
    const cause = causedBy(message);
    const fields = { messageId: message.metadata.id, type: message.type, correlationId: cause.correlationId };
    const known: unknown = message;
    const context = { cause, log: log.with(fields), remainingMs };
    try {
      await tracing.span(message.type, { correlationId: cause.correlationId }, () =>
        handle(known as MessageOf<Contracts[number]>, context),
      );
    } catch (thrown) {
      context.log.error('message failed', errorFields(thrown));
      throw thrown;
    }
  };

  return async ({ Records: records }, context) => {
    const startedMs = clock.now();
    const opened = records.map(open);
    const deliveries = opened.filter((delivery) => delivery !== undefined);
    const failures = await inLanes(
      deliveries,
      ({ message }) => message.metadata.aggregate,
      (delivery) => work(delivery, () => context.getRemainingTimeInMillis()),
    );
    const failed = [
      ...records.filter((_, position) => opened[position] === undefined),
      ...failures.map(({ item }) => item.record),
    ];
    recordBatch('batch', { records: records.length, failures: failed.length, startedMs }, runtime);
    return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };
};

/** A parser's message quotes what it could not read. */
const redacted = (thrown: unknown): unknown =>
  thrown instanceof SyntaxError ? new Error('the body is not JSON') : thrown;
