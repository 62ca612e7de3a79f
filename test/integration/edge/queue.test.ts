import { beforeEach, describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { defineEvent } from '../../../events/contracts/define.ts';
import { queueHandler } from '../../../functions/edge/messages/queue.ts';
import type { Message } from '../../../functions/kernel/messages/message.ts';
import { count } from '../../../functions/kernel/ports/metrics.ts';
import { newerEvent } from '../../../functions/kernel/stores/stored-events.ts';
import { Refused } from '../../../functions/kernel/values/errors.ts';
import { lambdaContext } from '../../support/lambda-context.ts';
import { busEventOf, envelopeOf, failedInvocationOf, messageOf } from '../../support/messages.ts';
import { createRecordingQueue, type RecordingQueue } from '../../support/recording-queue.ts';
import { createRecordingRuntime, type RecordingRuntime } from '../../support/recording-runtime.ts';
import { sqsEvent } from '../../support/sqs-event.ts';

const placed = defineEvent('orders', 'OrderPlaced.v1', z.object({ total: z.int() }));
const cancelled = defineEvent('orders', 'OrderCancelled.v1', z.object({ reason: z.string() }));

let runtime: RecordingRuntime;
let queue: RecordingQueue;
let handled: string[];
beforeEach(() => {
  queue = createRecordingQueue();
  runtime = createRecordingRuntime();
  handled = [];
});

const order = (name: string, version: number, data = { total: 1 }) => messageOf('OrderPlaced.v1', name, version, data);
const body = (message: object) => JSON.stringify(message);

const deliver = async (bodies: readonly string[], work: (message: Message) => Promise<void> = async () => {}) => {
  const handler = queueHandler(
    [placed, cancelled],
    async (message) => {
      await work(message);
      handled.push(message.metadata.id);
    },
    runtime,
    queue,
  );
  const { batchItemFailures } = await handler(sqsEvent(...bodies), lambdaContext());
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort();
};

describe('a function behind a queue', () => {
  it('takes bare commands and what EventBridge wraps, as the contract types them', async () => {
    const seen: unknown[] = [];
    const message = order('a', 1, { total: 5 });
    const failures = await deliver(
      [
        body(message),
        envelopeOf({ ...message, data: { total: 6, laterAddition: true } }),
        failedInvocationOf(busEventOf({ ...message, data: { total: 7 } })),
      ],
      async (each) => {
        seen.push(each.data);
      },
    );
    expect(failures).toEqual([]);
    expect(seen).toEqual([{ total: 5 }, { total: 6 }, { total: 7 }]);
  });

  it('gives the message as the cause of what follows', async () => {
    const causes: unknown[] = [];
    const handler = queueHandler(
      [placed],
      async (_message, { cause, remainingMs }) => void causes.push(cause, remainingMs()),
      runtime,
      queue,
    );
    await handler(sqsEvent(body(order('a', 1))), lambdaContext(900));
    expect(causes).toEqual([
      { correlationId: 'correlation-a', causationId: 'a-1', traceparent: expect.stringMatching(/^00-/) },
      900,
    ]);
  });

  // Smell 2: a batch answered before its writes are done.
  it('answers only when all work is done', async () => {
    let finish = () => {};
    const gate = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const delivery = deliver([body(order('a', 1))], () => gate);
    const early = await Promise.race([delivery, new Promise((resolve) => setImmediate(() => resolve('waiting')))]);
    expect(early).toBe('waiting');
    finish();
    expect(await delivery).toEqual([]);
    expect(handled).toEqual(['a-1']);
  });

  // Smells 3 and 4: a failure that is swallowed, or answered with an id that nobody knows.
  it('gives back the record that failed, by its own id, and no other', async () => {
    const failures = await deliver(
      [body(order('a', 1)), body(order('b', 1)), body(order('c', 1))],
      async ({ metadata }) => {
        if (metadata.aggregate === 'order/b') throw new Error('table full');
      },
    );
    expect(failures).toEqual(['record-1']);
    expect(handled.sort()).toEqual(['a-1', 'c-1']);
    expect(runtime.entries).toContainEqual(
      expect.objectContaining({
        level: 'error',
        fields: expect.objectContaining({ messageId: 'b-1', correlationId: 'correlation-b' }),
      }),
    );
  });

  it('gives back, and counts, what failed because a newer release stored an event', async () => {
    const failures = await deliver([body(order('a', 1)), body(order('b', 1))], async ({ metadata }) => {
      throw metadata.aggregate === 'order/a' ? new Refused(newerEvent) : new Error('table full');
    });
    expect(failures).toEqual(['record-0', 'record-1']);
    expect(queue.givenUp).toEqual({});
    expect(runtime.measures).toEqual([expect.objectContaining({ errors: count(2), newerEvents: count(1) })]);
  });

  it('keeps the order of one aggregate: nothing overtakes what failed', async () => {
    const failures = await deliver(
      [body(order('a', 1)), body(order('a', 2)), body(order('b', 1)), body(order('a', 3))],
      async ({ metadata }) => {
        if (metadata.id === 'a-2') throw new Error('not now');
      },
    );
    expect(failures).toEqual(['record-1', 'record-3']);
    expect(handled.sort()).toEqual(['a-1', 'b-1']);
  });

  it('works on different aggregates side by side, on one in turn', async () => {
    let inFlight = 0;
    let most = 0;
    const busy = new Map<string, number>();
    await deliver(
      [body(order('a', 1)), body(order('b', 1)), body(order('a', 2)), body(order('b', 2))],
      async ({ metadata }) => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        busy.set(metadata.aggregate, (busy.get(metadata.aggregate) ?? 0) + 1);
        expect(busy.get(metadata.aggregate)).toBe(1);
        await new Promise(setImmediate);
        busy.set(metadata.aggregate, 0);
        inFlight -= 1;
      },
    );
    expect(most).toBe(2);
    expect(handled.filter((id) => id.startsWith('a'))).toEqual(['a-1', 'a-2']);
  });

  it.each([
    ['no JSON', 'secret-token {'],
    ['no envelope', body({ type: 'OrderPlaced.v1', data: { total: 1 } })],
    ['metadata without an id', body({ ...order('a', 1), metadata: { aggregate: 'order/a' } })],
    ['an unknown major', body({ ...order('a', 1), type: 'OrderPlaced.v2' })],
    ['an invocation of nothing', failedInvocationOf({})],
    ['data that breaks the contract', body(order('a', 1, { total: 1.5 }))],
    ['a list', '[]'],
    ['nothing', ''],
  ])('gives a record of %s up at once, alone, and shows no content', async (_what, malformed) => {
    expect(await deliver([body(order('b', 1)), malformed, body(order('c', 1))])).toEqual([]);
    expect(handled.sort()).toEqual(['b-1', 'c-1']);
    expect(queue.givenUp).toEqual({ 'record-1': expect.stringMatching(/./) });
    expect(queue.hidden).toEqual({});
    expect(runtime.entries).toContainEqual(
      expect.objectContaining({
        level: 'error',
        message: 'malformed message',
        fields: expect.objectContaining({ messageId: 'record-1' }),
      }),
    );
    expect(runtime.measures.at(-1)).toMatchObject({ errors: { value: 1 } });
    expect(JSON.stringify([runtime.entries, queue.givenUp])).not.toMatch(/secret-token|1\.5/);
  });

  it('keeps a malformed record that the dead letters do not take', async () => {
    queue.isDown = true;
    expect(await deliver([body(order('b', 1)), '{'])).toEqual(['record-1']);
    expect(handled).toEqual(['b-1']);
  });

  it.each([
    [1, 2],
    [4, 16],
    [9, 512],
    [10, 900],
    [999, 900],
  ])('hides what failed at receive %i for %i s, and for up to a quarter less by chance', async (receives, seconds) => {
    const failing = async (random: number) => {
      const handler = queueHandler(
        [placed],
        async ({ metadata }) => {
          if (metadata.id === 'a-1') throw new Error('not now');
        },
        { ...runtime, random: () => random },
        queue,
      );
      const event = sqsEvent(body(order('a', 1)), body(order('a', 2)), body(order('b', 1)));
      for (const { attributes } of event.Records) attributes.ApproximateReceiveCount = String(receives);
      await handler(event, lambdaContext());
      return queue.hidden;
    };
    expect(await failing(0)).toEqual({ 'record-0': seconds, 'record-1': seconds });
    const least = Math.ceil(seconds * 0.75);
    expect(await failing(1 - Number.EPSILON)).toEqual({ 'record-0': least, 'record-1': least });
  });

  it('is handled later all the same when it cannot be hidden', async () => {
    queue.isDown = true;
    const failures = await deliver([body(order('a', 1))], async () => {
      throw new Error('not now');
    });
    expect(failures).toEqual(['record-0']);
    expect(runtime.entries).toContainEqual(expect.objectContaining({ level: 'warn', message: 'message not hidden' }));
  });
});
