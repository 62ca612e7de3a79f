import type { Caller } from '../../../core/aws-call.ts';
import type { InvocationResult, QueueSource, ReceivedMessage } from '../../../core/ports.ts';
import { messageOf } from '../../../core/thrown.ts';
import type { World } from '../../../core/world.ts';
import { passesFilter } from '../../../language/event-pattern/passes-filter.ts';
import type { Invoker } from '../invocation/invoker.ts';
import { deleteActs } from '../state/acts.ts';
import { readBatchAnswer } from './batch-answer.ts';
import type { MappingConfig } from './mapping-config.ts';
import { type FailedMessages, noteFailedMessages } from './note-failed-messages.ts';
import { batchTrace, filterableRecord, sqsRecord } from './sqs-event.ts';

/** A queue hides a received message for 12 hours at most. */
const LONGEST_HIDDEN_SECONDS = 43_200;

export interface Gathered {
  readonly message: ReceivedMessage;
  /** The record as JSON text. */
  readonly record: string;
  /** What it takes of a request: the record and a comma. */
  readonly bytes: number;
}

/** Undefined for a message that the filters do not let through. */
export const gatheredOf = (message: ReceivedMessage, { sourceArn, patterns }: MappingConfig): Gathered | undefined => {
  const record = sqsRecord(message, sourceArn);
  if (!passesFilter(patterns, patterns.length > 0 ? filterableRecord(record) : record)) return undefined;
  const text = JSON.stringify(record);
  return { message, record: text, bytes: Buffer.byteLength(text) + 1 };
};

export const queueNameOf = ({ sourceArn }: MappingConfig): string => sourceArn.split(':').at(-1) ?? sourceArn;

/**
 * Keeps messages from coming back while a person stands at a breakpoint. Answers how to let them go: a message that is not
 * deleted then comes back after the time that it had left before, unless the function has said when it comes back.
 */
const hold = (queues: QueueSource, queueArn: string, messages: readonly ReceivedMessage[], nowMs: number) => {
  const left = messages.map(({ receiptHandle }) => {
    const seconds = Math.ceil((queues.outlook(queueArn, receiptHandle).visibleAtMs - nowMs) / 1000);
    queues.release(queueArn, receiptHandle, LONGEST_HIDDEN_SECONDS);
    return { receiptHandle, seconds, heldUntilMs: queues.outlook(queueArn, receiptHandle).visibleAtMs };
  });
  return () => {
    if (!queues.exists(queueArn)) return;
    for (const { receiptHandle, seconds, heldUntilMs } of left)
      if (queues.outlook(queueArn, receiptHandle).visibleAtMs === heldUntilMs)
        queues.release(queueArn, receiptHandle, seconds);
  };
};

/** A message that the function's role may not delete comes back. */
export const deleteMessage = (
  world: World,
  { sourceArn }: MappingConfig,
  by: Caller,
  { receiptHandle }: ReceivedMessage,
): void => {
  if (world.access.permits(by, deleteActs(sourceArn))) world.need('queues').delete(sourceArn, receiptHandle);
};

export interface SqsBatches {
  /** Invokes the function with the batch, and deletes what it handled. Never throws. */
  handOver(batch: readonly Gathered[]): Promise<void>;
  /** Queues deliver at least once: a copy runs beside the first, and what it answers changes nothing. */
  handOverCopy(batch: readonly Gathered[]): Promise<void>;
  failed(): number;
}

export const createSqsBatches = (
  world: World,
  invoker: Invoker,
  config: MappingConfig,
  role: () => Caller,
): SqsBatches => {
  let failedBatches = 0;

  const fail = (queues: QueueSource, failed: FailedMessages): void => {
    failedBatches++;
    if (!queues.exists(config.sourceArn)) return;
    noteFailedMessages(world, queues, config, failed);
  };

  const settle = (
    queues: QueueSource,
    messages: readonly ReceivedMessage[],
    { payload, requestId }: InvocationResult,
  ): void => {
    if (!queues.exists(config.sourceArn)) return;
    const ids = new Set(messages.map(({ messageId }) => messageId));
    const failed = config.reportsFailures ? readBatchAnswer(payload, ids) : new Set<string>();
    if (failed === 'all') {
      fail(queues, { messages, invocationId: requestId, error: 'its answer names no message of the batch' });
      return;
    }
    const kept = messages.filter(({ messageId }) => failed.has(messageId));
    for (const message of messages) {
      if (!failed.has(message.messageId)) deleteMessage(world, config, role(), message);
    }
    if (kept.length > 0) fail(queues, { messages: kept, invocationId: requestId });
  };

  const invoke = (batch: readonly Gathered[]) => {
    const traceHeader = batchTrace(batch.map(({ message }) => message));
    return invoker.invoke({
      functionName: config.functionName,
      payload: `{"Records":[${batch.map(({ record }) => record).join(',')}]}`,
      source: `sqs ${queueNameOf(config)}`,
      ...(traceHeader === undefined ? {} : { traceHeader }),
    });
  };

  return {
    handOver: async (batch) => {
      const queues = world.need('queues');
      const messages = batch.map(({ message }) => message);
      const letGo = world.debugging ? hold(queues, config.sourceArn, messages, world.clock.now()) : () => {};
      try {
        const result = await invoke(batch);
        letGo();
        if (result.functionError) fail(queues, { messages, invocationId: result.requestId });
        else settle(queues, messages, result);
      } catch (error) {
        letGo();
        fail(queues, { messages, error: messageOf(error) });
      }
    },
    handOverCopy: async (batch) => {
      await world.gate.pass('queue', `copy from ${queueNameOf(config)}`);
      try {
        await invoke(batch);
      } catch {
        // The first decides what becomes of the messages.
      }
    },
    failed: () => failedBatches,
  };
};
