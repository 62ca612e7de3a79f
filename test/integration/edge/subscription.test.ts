import { beforeEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { defineEvent } from '../../../events/contracts/define.ts';
import { subscriptionHandler } from '../../../functions/edge/messages/subscription.ts';
import { causedBy, type Message } from '../../../functions/kernel/messages/message.ts';
import { count } from '../../../functions/kernel/ports/metrics.ts';
import { newerEvent } from '../../../functions/kernel/stores/stored-events.ts';
import { Refused } from '../../../functions/kernel/values/errors.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { busEventOf, envelopeOf, failedInvocationOf, messageOf } from '../../support/messages.ts';
import { createRecordingQueue, type RecordingQueue } from '../../support/recording-queue.ts';
import { createRecordingRuntime, type RecordingRuntime } from '../../support/recording-runtime.ts';
import { sqsEvent } from '../../support/sqs-event.ts';

const placed = defineEvent('orders', 'OrderPlaced.v1', z.object({ total: z.int() }));

let runtime: RecordingRuntime;
let queue: RecordingQueue;
beforeEach(() => {
  queue = createRecordingQueue();
  runtime = createRecordingRuntime();
});

const order = (total: number) => messageOf('OrderPlaced.v1', 'a', 1, { total });

const handlerOf = (work: (message: Message<string, unknown>) => Promise<void>) =>
  subscriptionHandler([placed], work, runtime, queue);
const failing = (thrown: unknown) =>
  handlerOf(async () => {
    throw thrown;
  });

describe('a function behind a rule of the bus', () => {
  it('handles the event as the contract types it, with the message as the cause, and leaves no line', async () => {
    const seen: unknown[] = [];
    const handler = subscriptionHandler(
      [placed],
      async ({ data }, { cause, remainingMs }) => void seen.push(data, cause, remainingMs()),
      runtime,
      queue,
    );
    const message = order(5);
    const answer = await handler(busEventOf({ ...message, data: { total: 5, laterAddition: 1 } }), lambdaContext(900));
    expect(answer).toBeUndefined();
    expect(seen).toEqual([{ total: 5 }, causedBy(message), 900]);
    expect([runtime.entries, runtime.measures]).toEqual([[], []]);
  });

  it('fails when the event was not handled, counts it and says which message it was', async () => {
    await expect(failing(new Error('table full'))(busEventOf(order(1)), lambdaContext())).rejects.toThrow('table full');
    expect(runtime.entries).toContainEqual(
      expect.objectContaining({
        level: 'error',
        message: 'message failed',
        fields: expect.objectContaining({ messageId: 'a-1', correlationId: 'correlation-a' }),
      }),
    );
    expect(runtime.measures).toEqual([{ errors: count(1) }]);
    expect(queue).toMatchObject({ hidden: {}, givenUp: {} });
  });

  it('counts apart what failed because a newer release stored an event', async () => {
    await expect(failing(new Refused(newerEvent))(busEventOf(order(1)), lambdaContext())).rejects.toThrow();
    expect(runtime.measures).toEqual([{ errors: count(1), newerEvents: count(1) }]);
  });

  it('fails on an event that it cannot read, and shows no content', async () => {
    const malformed = busEventOf({ ...order(1), data: { total: 'secret-token' } });
    const thrown: unknown = await failing(new Error('not reached'))(malformed, lambdaContext()).catch((error) => error);
    expect(String(thrown)).toContain('OrderPlaced.v1');
    expect(runtime.entries).toMatchObject([
      { level: 'error', message: 'malformed event', fields: { eventId: malformed.id } },
      { message: 'event' },
    ]);
    expect(JSON.stringify(runtime.entries) + String(thrown)).not.toContain('secret-token');
  });

  it('takes from its queue what failed, and what an earlier release put there', async () => {
    const seen: unknown[] = [];
    const handler = handlerOf(async ({ data }) => void seen.push(data));
    const bodies = [failedInvocationOf(busEventOf(order(1))), envelopeOf(order(2))];
    expect(await handler(sqsEvent(...bodies), lambdaContext())).toEqual({ batchItemFailures: [] });
    expect(seen).toEqual([{ total: 1 }, { total: 2 }]);
  });

  it('puts off in its queue what fails again, and gives up there what it cannot read', async () => {
    const bodies = [failedInvocationOf(busEventOf(order(1))), failedInvocationOf({ detail: 'secret-token' })];
    const answer = await failing(new Error('not now'))(sqsEvent(...bodies), lambdaContext());
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'record-0' }] });
    expect(queue.hidden).toEqual({ 'record-0': 2 });
    expect(queue.givenUp).toEqual({ 'record-1': 'a message has no type' });
  });
});
