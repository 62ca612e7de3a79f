import type { InvocationRequest, InvocationResult, QueueSource, ReceivedMessage } from '../../../core/ports.ts';
import { messageOf } from '../../../core/thrown.ts';
import type { World } from '../../../core/world.ts';
import { passesFilter } from '../../../language/event-pattern/passes-filter.ts';
import { type Invoker, MAX_REQUEST_BYTES } from '../invocation/invoker.ts';
import { readBatchAnswer } from './batch-answer.ts';
import type { Mapping } from './mapping.ts';
import type { MappingConfig } from './mapping-config.ts';
import { type FailedMessages, noteFailedMessages } from './note-failed-messages.ts';
import { batchTrace, filterableRecord, sqsRecord } from './sqs-event.ts';

/** A queue hides a received message for 12 hours at most. */
const LONGEST_HIDDEN_SECONDS = 43_200;

/** What one receive takes at most, as through the API. */
const MAX_RECEIVE = 10;

interface Gathered {
  readonly message: ReceivedMessage;
  /** The record as JSON text. */
  readonly record: string;
}

/**
 * Keeps messages from coming back while a person stands at a breakpoint. Answers how to let them go: a message that is not
 * deleted then comes back after the time that it had left before.
 */
const hold = (queues: QueueSource, queueArn: string, messages: readonly ReceivedMessage[], nowMs: number) => {
  const left = messages.map(({ receiptHandle }) => {
    const seconds = Math.ceil((queues.outlook(queueArn, receiptHandle).visibleAtMs - nowMs) / 1000);
    queues.release(queueArn, receiptHandle, LONGEST_HIDDEN_SECONDS);
    return { receiptHandle, seconds };
  });
  return () => {
    for (const { receiptHandle, seconds } of left) queues.release(queueArn, receiptHandle, seconds);
  };
};

/**
 * Polls a queue when told that something is visible, and hands its messages over in batches. A message that is not
 * handled comes back when its visibility timeout ends.
 */
export const createSqsMapping = (
  world: World,
  invoker: Invoker,
  config: MappingConfig,
  localConcurrency: number,
): Mapping => {
  const concurrency = () => Math.min(config.maxConcurrency ?? localConcurrency, localConcurrency);
  const queueName = config.sourceArn.split(':').at(-1) ?? config.sourceArn;
  let gathered: Gathered[] = [];
  let gatheredBytes = 0;
  let windowEndsAtMs: number | undefined;
  let inFlight = 0;
  let gatherIsDue = false;
  let failedBatches = 0;
  let stopped = false;
  let unsubscribe = () => {};

  const fail = (queues: QueueSource, failed: FailedMessages) => {
    failedBatches++;
    noteFailedMessages(world, queues, config, failed);
  };

  const settle = (queues: QueueSource, batch: readonly Gathered[], { payload, requestId }: InvocationResult) => {
    const messages = batch.map(({ message }) => message);
    const ids = new Set(messages.map(({ messageId }) => messageId));
    const failed = config.reportsFailures ? readBatchAnswer(payload, ids) : new Set<string>();
    if (failed === 'all') {
      return fail(queues, { messages, invocationId: requestId, error: 'its answer names no message of the batch' });
    }
    const kept = messages.filter(({ messageId }) => failed.has(messageId));
    for (const message of messages) {
      if (!failed.has(message.messageId)) queues.delete(config.sourceArn, message.receiptHandle);
    }
    if (kept.length > 0) fail(queues, { messages: kept, invocationId: requestId });
    return undefined;
  };

  const requestOf = (batch: readonly Gathered[]): InvocationRequest => {
    const traceHeader = batchTrace(batch.map(({ message }) => message));
    return {
      functionName: config.functionName,
      payload: `{"Records":[${batch.map(({ record }) => record).join(',')}]}`,
      source: `sqs ${queueName}`,
      ...(traceHeader === undefined ? {} : { traceHeader }),
    };
  };

  const handOver = async (queues: QueueSource, batch: readonly Gathered[]) => {
    inFlight++;
    const messages = batch.map(({ message }) => message);
    const letGo = world.debugging ? hold(queues, config.sourceArn, messages, world.clock.now()) : () => {};
    try {
      const result = await invoker.invoke(requestOf(batch));
      letGo();
      if (result.functionError) fail(queues, { messages, invocationId: result.requestId });
      else settle(queues, batch, result);
    } catch (error) {
      letGo();
      fail(queues, { messages, error: messageOf(error) });
    } finally {
      inFlight--;
    }
    gather(queues);
  };

  /** Queues deliver at least once: a copy runs beside the first, and what it answers changes nothing. */
  const handOverCopy = async (batch: readonly Gathered[]) => {
    try {
      await invoker.invoke(requestOf(batch));
    } catch {
      // The first decides what becomes of the messages.
    }
  };

  const flush = (queues: QueueSource) => {
    windowEndsAtMs = undefined;
    const batch = gathered;
    gathered = [];
    gatheredBytes = 0;
    if (batch.length > 0) {
      const entry = { what: 'hand over messages', subject: queueName };
      void world.agenda.track(entry, handOver(queues, batch));
      if (world.gate.repeats('queue')) void world.agenda.track(entry, handOverCopy(batch));
    }
  };

  const add = (queues: QueueSource, message: ReceivedMessage) => {
    const record = sqsRecord(message, config.sourceArn);
    if (!passesFilter(config.patterns, config.patterns.length > 0 ? filterableRecord(record) : record)) {
      queues.delete(config.sourceArn, message.receiptHandle);
      return;
    }
    const text = JSON.stringify(record);
    const bytes = Buffer.byteLength(text) + 1;
    if (gatheredBytes + bytes + '{"Records":[]}'.length > MAX_REQUEST_BYTES) flush(queues);
    gathered.push({ message, record: text });
    gatheredBytes += bytes;
  };

  const openWindow = (queues: QueueSource) => {
    if (windowEndsAtMs !== undefined) return;
    const endsAtMs = world.clock.now() + config.windowMs;
    windowEndsAtMs = endsAtMs;
    world.agenda.schedule(
      { dueAtMs: endsAtMs, kind: 'pending', what: 'end batching window', subject: queueName },
      () => {
        if (windowEndsAtMs !== endsAtMs) return;
        flush(queues);
        gather(queues);
      },
    );
  };

  const gather = (queues: QueueSource): void => {
    while (!stopped && inFlight < concurrency()) {
      const wanted = Math.min(MAX_RECEIVE, world.gate.batch(config.batchSize - gathered.length));
      const received = queues.receive(config.sourceArn, wanted);
      for (const message of received) add(queues, message);
      if (gathered.length >= config.batchSize || (gathered.length > 0 && config.windowMs === 0)) flush(queues);
      else if (gathered.length > 0) openWindow(queues);
      if (received.length === 0) return;
    }
  };

  /** Once for all that becomes visible together, so that messages sent as a batch are gathered as one. */
  const gatherSoon = (queues: QueueSource): void => {
    if (gatherIsDue) return;
    gatherIsDue = true;
    const gathering = world.gate.pass('queue', queueName).then(() => {
      gatherIsDue = false;
      gather(queues);
    });
    void world.agenda.track({ what: 'receive messages', subject: queueName }, gathering);
  };

  return {
    start: () => {
      const queues = world.need('queues');
      unsubscribe = queues.onVisible(config.sourceArn, () => gatherSoon(queues));
      world.onStop(`mapping of ${queueName}`, unsubscribe);
      gatherSoon(queues);
    },
    stop: () => {
      stopped = true;
      unsubscribe();
    },
    inspect: () => ({ gathered: gathered.length, inFlight, concurrency: concurrency(), failedBatches }),
  };
};
