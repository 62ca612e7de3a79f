import type { Context, EventBridgeEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Message } from '../../kernel/messages/message.ts';
import type { OwnQueue } from '../../kernel/messages/own-queue.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { errorFields } from '../error-fields.ts';
import { recordBatch } from './batch-observation.ts';
import { openEnvelope } from './envelope.ts';
import { createMessageWork, type Handle, type Readers } from './message-work.ts';
import { queueHandler } from './queue.ts';

type BusEvent = EventBridgeEvent<string, unknown>;

/** Answers nothing to an event, and to a batch what of it failed. */
export type SubscriptionFunction = (
  event: BusEvent | SQSEvent,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
) => Promise<SQSBatchResponse | undefined>;

/**
 * The function that a rule of the bus invokes with one event. A failure is thrown on: Lambda puts what it knows of the
 * invocation into the subscription's own queue, and from there the event comes back, as to any function behind a queue.
 */
export const subscriptionHandler = <const Messages extends readonly Message<string, unknown>[]>(
  contracts: Readers<Messages>,
  handle: Handle<Messages[number]>,
  runtime: Runtime,
  queue: OwnQueue,
): SubscriptionFunction => {
  const { clock, log } = runtime;
  const takeBatch = queueHandler(contracts, handle, runtime, queue);
  const work = createMessageWork(handle, runtime);

  const open = (event: BusEvent): Messages[number] => {
    try {
      return openEnvelope(event, contracts);
    } catch (thrown) {
      log.error('malformed event', { eventId: event.id, ...errorFields(thrown) });
      throw thrown;
    }
  };

  return async (event, context) => {
    if ('Records' in event) return takeBatch(event, context);
    const startedMs = clock.now();
    try {
      await work(open(event), () => context.getRemainingTimeInMillis());
      return undefined;
    } catch (thrown) {
      recordBatch('event', { records: 1, failures: 1, startedMs, thrown: [thrown] }, runtime);
      throw thrown;
    }
  };
};
