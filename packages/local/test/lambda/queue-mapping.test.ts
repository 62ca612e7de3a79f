import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { manualClock } from '../../src/core/clock.ts';
import { isObject, type JsonObject } from '../../src/core/json.ts';
import { fakeQueue, QUEUE_ARN } from './fake-sources.ts';
import { type Lab, openLab } from './lambda-lab.ts';

let lab: Lab;
let queue: ReturnType<typeof fakeQueue>;
let clock: ReturnType<typeof manualClock>;
beforeEach(async () => {
  clock = manualClock(1_000_000);
  lab = await openLab({ clock });
  queue = fakeQueue();
  lab.world.provide('queues', queue.source);
});
afterEach(() => lab.close());

const REPORTS = { FunctionResponseTypes: ['ReportBatchItemFailures'] };

const map = async (handler: string, properties: JsonObject = {}, fn: JsonObject = {}) => {
  await lab.addProbe(handler, fn);
  await lab.add('AWS::Lambda::EventSourceMapping', 'Mapping', {
    EventSourceArn: QUEUE_ARN,
    FunctionName: handler,
    ...properties,
  });
  await lab.service.start?.();
};
const invocations = () => lab.entries('invocations');
const quiet = () => lab.until(() => lab.world.agenda.running().length === 0);
/** The bodies that each invocation of `consume` saw. */
const batches = () => lab.entries('logs').flatMap(({ data }) => (isObject(data) && data.bodies ? [data.bodies] : []));

describe('an event source mapping of a queue', () => {
  it('hands messages over in the shape of AWS and deletes them', async () => {
    await map('printEvent');
    queue.send('{"orderId":"o-1"}');
    await lab.until(() => invocations().length === 1);
    await quiet();
    expect(queue.held()).toEqual([]);
    expect(invocations()[0]).toMatchObject({ source: 'sqs orders-commands', status: 'ok' });
    expect(lab.entries('logs')[0]?.data).toEqual({
      Records: [
        {
          messageId: 'message-1',
          receiptHandle: 'receipt-1',
          body: '{"orderId":"o-1"}',
          attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1767225600000', SenderId: 'AROAEXAMPLE' },
          messageAttributes: {
            kind: { dataType: 'String', stringValue: 'command', stringListValues: [], binaryListValues: [] },
          },
          md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
          eventSource: 'aws:sqs',
          eventSourceARN: QUEUE_ARN,
          awsRegion: 'us-east-1',
        },
      ],
    });
  });

  it('takes at most BatchSize messages, without waiting for more', async () => {
    await map('consume', { BatchSize: 2, ScalingConfig: { MaximumConcurrency: 2 } });
    queue.send('a', 'b', 'c', 'd', 'e');
    await lab.until(() => batches().length === 3);
    await quiet();
    expect(batches().flat().sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(queue.held()).toEqual([]);
  });

  it('runs at most MaximumConcurrency batches at once', async () => {
    await map('takeTime', { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    queue.send('a', 'b', 'c', 'd', 'e');
    await lab.until(() => queue.held().length > 0);
    expect(queue.held()).toHaveLength(2);
    await lab.until(() => invocations().length === 5);
    expect(queue.held()).toEqual([]);
  });

  it('gathers until the batching window ends', async () => {
    await map('consume', { BatchSize: 50, MaximumBatchingWindowInSeconds: 5 });
    queue.send('a');
    queue.send('b');
    await quiet();
    clock.set(1_004_999);
    await lab.world.agenda.runDue();
    expect(lab.world.agenda.pending().map(({ kind, what }) => [kind, what])).toContainEqual([
      'pending',
      'end batching window',
    ]);
    expect(batches()).toEqual([]);
    clock.set(1_005_000);
    await lab.world.agenda.runDue();
    await lab.until(() => batches().length === 1);
    expect(batches()).toEqual([['a', 'b']]);
  });

  it('does not wait for the window once the batch is full', async () => {
    await map('consume', { BatchSize: 12, MaximumBatchingWindowInSeconds: 60 });
    queue.send(...Array.from({ length: 12 }, (_, index) => `m${index}`));
    await lab.until(() => batches().length === 1);
    expect(batches()[0]).toHaveLength(12);
  });

  it('keeps only the reported messages back', async () => {
    await map('consume', REPORTS);
    queue.send('a', 'fail', 'b');
    await lab.until(() => invocations().length === 1);
    await quiet();
    expect(queue.held()).toEqual(['fail']);
  });

  it('ignores the report of a mapping that does not ask for it', async () => {
    await map('consume');
    queue.send('a', 'fail');
    await lab.until(() => invocations().length === 1);
    await quiet();
    expect(queue.held()).toEqual([]);
  });

  it.each(['poison', 'malformed', 'unknown'])('keeps the entire batch back on: %s', async (body) => {
    await map('consume', REPORTS);
    queue.send('a', body);
    await lab.until(() => invocations().length === 1);
    await quiet();
    expect(queue.held()).toEqual(['a', body]);
  });

  it.each(['null', '{}', '{"batchItemFailures":[]}', '{"batchItemFailures":null}'])(
    'takes %s for a success',
    async (answer) => {
      await lab.add('AWS::Lambda::Function', 'Answering', {
        FunctionName: 'answering',
        Code: { ZipFile: `exports.handler = async () => (${answer})` },
        Handler: 'index.handler',
        Runtime: 'nodejs24.x',
      });
      const mapping = { EventSourceArn: QUEUE_ARN, FunctionName: 'answering', ...REPORTS };
      await lab.add('AWS::Lambda::EventSourceMapping', 'Mapping', mapping);
      await lab.service.start?.();
      queue.send('a');
      await lab.until(() => invocations().length === 1);
      await quiet();
      expect(queue.held()).toEqual([]);
    },
  );

  it('leaves the messages of a throttled invocation to come back', async () => {
    await map('consume', REPORTS, { ReservedConcurrentExecutions: 0 });
    queue.send('a', 'b');
    await lab.until(() => invocations().length > 0);
    await quiet();
    expect(invocations()).toMatchObject([{ status: 'throttled' }]);
    expect(lab.entries('deliveries')).toMatchObject([{ what: '2 messages', error: 'Rate Exceeded.' }]);
    expect(queue.held()).toEqual(['a', 'b']);
  });

  it('deletes what its filters leave out', async () => {
    const pattern = JSON.stringify({ body: { type: ['OrderPlaced'] } });
    await map('consume', { FilterCriteria: { Filters: [{ Pattern: pattern }] } });
    queue.send('{"type":"OrderPlaced"}', '{"type":"OrderCancelled"}', 'no json');
    await lab.until(() => batches().length === 1);
    await quiet();
    expect(batches()).toEqual([['{"type":"OrderPlaced"}']]);
    expect(queue.held()).toEqual([]);
  });

  it('splits what would exceed 6 MB', async () => {
    await map('takeTime', { BatchSize: 10 });
    queue.send(...Array.from({ length: 8 }, () => 'x'.repeat(1_000_000)));
    await lab.until(() => invocations().length === 2);
    await quiet();
    expect(invocations().map(({ status }) => status)).toEqual(['ok', 'ok']);
    expect(queue.held()).toEqual([]);
  });

  it('takes nothing while it is disabled', async () => {
    await map('consume', { Enabled: false });
    queue.send('a');
    expect(queue.waiting()).toBe(1);
  });

  it.each([
    [{ BatchSize: 11 }, /Mapping: BatchSize 11 needs a batching window/],
    [
      { EventSourceArn: 'arn:aws:kinesis:us-east-1:0:stream/x' },
      /Mapping: event source arn:aws:kinesis.* not emulated/,
    ],
    [{ TumblingWindowInSeconds: 10 }, /Mapping: tumbling windows are not emulated/],
    ...['{"eventSource":"aws:sqs"}', '{"eventSource":[]}', '{"body":{"a":[{"nope":1}]}}', 'not json', '[]'].map(
      (Pattern): [JsonObject, RegExp] => [
        { FilterCriteria: { Filters: [{ Pattern }] } },
        /^Mapping: filter pattern .*where: .*Mapping of stack Stack\n.*what to do: /s,
      ],
    ),
    [{ FilterCriteria: { Filters: ['not an object'] } }, /^Mapping: a filter is an object with a Pattern/],
  ])('refuses %j', async (properties, message) => {
    await expect(map('consume', properties)).rejects.toThrow(message);
  });
});
