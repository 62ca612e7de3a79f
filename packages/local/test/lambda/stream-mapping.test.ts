import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { manualClock } from '../../src/core/clock.ts';
import { isObject, type JsonObject } from '../../src/core/json.ts';
import type { Delivery } from '../../src/core/world.ts';
import { fakeStream, STREAM_ARN } from './fake-sources.ts';
import { type Lab, openLab } from './lambda-lab.ts';

const FAILURES = 'arn:aws:sqs:us-east-1:000000000000:failures';
const START = Date.UTC(2026, 0, 1);

let lab: Lab;
let stream: ReturnType<typeof fakeStream>;
let clock: ReturnType<typeof manualClock>;
let dead: Delivery[];

const open = async (keepFolder?: string) => {
  lab = await openLab({ clock, ...(keepFolder !== undefined && { keepFolder }) });
  lab.world.provide('streams', stream.source);
  dead = [];
  lab.world.targets.register('sqs', async (_arn, delivery) => {
    dead.push(delivery);
  });
};

beforeEach(async () => {
  clock = manualClock(START);
  stream = fakeStream(() => clock.now());
  await open();
});
afterEach(() => lab.close());

const map = async (properties: JsonObject = {}, fn: JsonObject = {}) => {
  await lab.addProbe('project', fn);
  await lab.add('AWS::Lambda::EventSourceMapping', 'Relay', {
    EventSourceArn: STREAM_ARN,
    FunctionName: 'project',
    StartingPosition: 'TRIM_HORIZON',
    DestinationConfig: { OnFailure: { Destination: FAILURES } },
    ...properties,
  });
  await lab.service.start?.();
};
/** The ids that each invocation saw. */
const batches = () =>
  lab.entries('logs').flatMap(({ data }) => (isObject(data) && Array.isArray(data.ids) ? [data.ids.map(String)] : []));
const retryIsOwed = () =>
  lab.world.agenda.pending().some(({ what, kind }) => what === 'retry batch' && kind === 'pending');
const settled = () => lab.until(() => lab.world.agenda.running().length === 0 || retryIsOwed());

/** Lets time pass, retry by retry, until nothing is owed any more; answers when each retry was due. */
const drain = async () => {
  const dues: number[] = [];
  await settled();
  while (retryIsOwed()) {
    const due = lab.world.agenda.pending().find(({ what }) => what === 'retry batch')?.dueAtMs ?? 0;
    dues.push(due - START);
    clock.set(due);
    await lab.world.agenda.runDue();
    await settled();
  }
  return dues;
};
const report = { FunctionResponseTypes: ['ReportBatchItemFailures'] };

describe('an event source mapping of a stream', () => {
  it('hands records over in order, as soon as they are written', async () => {
    await map({ BatchSize: 3 });
    stream.write('a', 'b', 'c', 'd');
    await lab.until(() => batches().flat().length === 4);
    await settled();
    stream.write('e');
    await lab.until(() => batches().flat().length === 5);
    expect(batches()).toEqual([['a', 'b', 'c'], ['d'], ['e']]);
    expect(lab.entries('invocations')[0]).toMatchObject({ source: 'stream orders', status: 'ok' });
  });

  it('goes on in the next run where it was, when state is kept and the stream is still the one it was in', async () => {
    const keepFolder = mkdtempSync(join(tmpdir(), 'kept-place-'));
    const nextRun = async () => {
      await lab.close();
      await open(keepFolder);
      await map();
      await settled();
    };
    stream.write('a', 'b', 'c');
    await nextRun();
    expect(batches()).toEqual([['a', 'b', 'c']]);
    stream.write('d');
    await settled();
    await nextRun();
    expect(batches()).toEqual([]);
    stream = fakeStream(() => clock.now());
    stream.write('of a new stream');
    await nextRun();
    expect(batches()).toEqual([['of a new stream']]);
  });

  it('gives the next run what it still retried, when state is kept', async () => {
    const keepFolder = mkdtempSync(join(tmpdir(), 'kept-place-'));
    await lab.close();
    await open(keepFolder);
    await map({ BatchSize: 1 });
    stream.write('a');
    await settled();
    stream.write('poison-1', 'b');
    await lab.until(retryIsOwed);
    await lab.close();
    await open(keepFolder);
    await map({ BatchSize: 1, MaximumRetryAttempts: 0 });
    await drain();
    expect(batches()).toEqual([['poison-1'], ['b']]);
  });

  it('reads what was there before from TRIM_HORIZON', async () => {
    stream.write('before');
    await map();
    await lab.until(() => batches().length === 1);
    expect(batches()).toEqual([['before']]);
  });

  it('gathers until the batching window ends', async () => {
    await map({ BatchSize: 10, MaximumBatchingWindowInSeconds: 2 });
    stream.write('a');
    await lab.until(() => lab.world.agenda.pending().some(({ what }) => what === 'end batching window'));
    stream.write('b');
    await settled();
    expect(batches()).toEqual([]);
    clock.set(START + 2_000);
    await lab.world.agenda.runDue();
    await lab.until(() => batches().length === 1);
    expect(batches()).toEqual([['a', 'b']]);
  });

  it('blocks behind a failing batch and backs off until its retries are exhausted, then tells the destination', async () => {
    await map({ BatchSize: 2, MaximumRetryAttempts: 2 });
    stream.write('a', 'poison-1', 'b');
    expect(await drain()).toEqual([100, 300]);
    expect(batches()).toEqual([['a', 'poison-1'], ['a', 'poison-1'], ['a', 'poison-1'], ['b']]);
    const always = { source: 'stream of orders', target: 'project', what: '2 records', attempts: 3 };
    expect(lab.entries('deliveries')).toMatchObject([
      { ...always, outcome: 'failed', attempt: 1, nextAttemptAtMs: START + 100 },
      { ...always, outcome: 'failed', attempt: 2, nextAttemptAtMs: START + 300 },
      { ...always, outcome: 'dead-lettered', attempt: 3 },
    ]);
    expect(dead).toHaveLength(1);
    expect(JSON.parse(dead[0]?.payload ?? '')).toEqual({
      requestContext: {
        requestId: lab.entries('invocations')[2]?.id,
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:project',
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 3,
      },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      version: '1.0',
      timestamp: '2026-01-01T00:00:00.300Z',
      DDBStreamBatchInfo: {
        shardId: 'shardId-00000000000000000000-00000000',
        startSequenceNumber: stream.sequenceOf(0),
        endSequenceNumber: stream.sequenceOf(1),
        approximateArrivalOfFirstRecord: '2026-01-01T00:00:00.000Z',
        approximateArrivalOfLastRecord: '2026-01-01T00:00:00.000Z',
        batchSize: 2,
        streamArn: STREAM_ARN,
      },
    });
  });

  it.each([
    [8, 0],
    [8, 5],
    [8, 7],
    [10, 9],
    [100, 63],
  ])('isolates one poison record among %d (at %d) by bisection, and only it is lost', async (size, at) => {
    const retries = 2;
    await map({ BatchSize: size, BisectBatchOnFunctionError: true, MaximumRetryAttempts: retries });
    const ids = Array.from({ length: size }, (_, index) => (index === at ? 'poison-1' : `ok-${index}`));
    stream.write(...ids);
    await drain();
    const failed = batches().filter((batch) => batch.includes('poison-1'));
    expect(failed.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)) + 1 + retries);
    expect(failed.slice(-1 - retries)).toEqual(Array.from({ length: 1 + retries }, () => ['poison-1']));
    const handled = batches().filter((batch) => !batch.includes('poison-1'));
    expect(handled.flat()).toEqual(ids.filter((id) => id !== 'poison-1'));
    expect(dead).toHaveLength(1);
    expect(JSON.parse(dead[0]?.payload ?? '').DDBStreamBatchInfo).toMatchObject({
      batchSize: 1,
      startSequenceNumber: stream.sequenceOf(at),
    });
  });

  it('goes on at the lowest reported failure and keeps what came before it', async () => {
    await map({ ...report, MaximumRetryAttempts: 1 });
    stream.write('a', 'b', 'fail-1', 'c', 'fail-2');
    await drain();
    expect(batches()).toEqual([
      ['a', 'b', 'fail-1', 'c', 'fail-2'],
      ['fail-1', 'c', 'fail-2'],
    ]);
    expect(JSON.parse(dead[0]?.payload ?? '').DDBStreamBatchInfo).toMatchObject({ batchSize: 3 });
  });

  it('loses nothing but the reported record when it bisects as well', async () => {
    await map({ ...report, BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1 });
    stream.write('a', 'fail-1', 'b', 'c');
    await drain();
    expect(dead.map(({ payload }) => JSON.parse(payload).DDBStreamBatchInfo.startSequenceNumber)).toEqual([
      stream.sequenceOf(1),
    ]);
    expect(batches().at(-1)).toEqual(['c']);
  });

  it('drops records that grew too old while they were retried', async () => {
    await map({ MaximumRecordAgeInSeconds: 60 });
    stream.write('poison-1');
    const dues = await drain();
    expect(dues.at(-1)).toBeGreaterThan(60_000);
    expect(dead.map(({ payload }) => JSON.parse(payload).requestContext.condition)).toEqual(['RecordAgeExceeded']);
  });

  it('waits for a throttled function without using up its retries', async () => {
    await map({ MaximumRetryAttempts: 1 }, { ReservedConcurrentExecutions: 1 });
    const running = lab.invoke('project', { Records: [] });
    stream.write('poison-1');
    await lab.until(retryIsOwed);
    await running;
    await drain();
    expect(lab.entries('invocations').map(({ status }) => status)).toEqual(['throttled', 'ok', 'error', 'error']);
    expect(JSON.parse(dead[0]?.payload ?? '').requestContext.approximateInvokeCount).toBe(2);
  });

  it('keeps the order of each item and lets the others pass with a parallelization factor', async () => {
    await map({ ParallelizationFactor: 4, BatchSize: 1, MaximumRetryAttempts: 3 });
    const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
    const changes = [1, 2, 3, 4].flatMap((change) => keys.map((key) => `${key}#${change}`));
    stream.write('poison-1', ...changes);
    await lab.until(retryIsOwed);
    await lab.until(() => lab.world.agenda.running().length <= 1);
    expect(batches().flat()).toContain('poison-1');
    expect(batches().flat().length).toBeGreaterThan(4);
    await drain();
    const handled = batches().flat();
    for (const key of keys) {
      const ofKey = changes.filter((id) => id.startsWith(key));
      expect(handled.filter((id) => id.startsWith(key))).toEqual(ofKey);
    }
  });

  it('skips what its filters leave out', async () => {
    const pattern = JSON.stringify({ eventName: ['INSERT'], dynamodb: { NewImage: { kind: { S: ['outbox'] } } } });
    await map({ FilterCriteria: { Filters: [{ Pattern: pattern }] } });
    stream.write('event-1', 'outbox-1', 'event-2', 'outbox-2');
    await lab.until(() => batches().length === 1);
    expect(batches()).toEqual([['outbox-1', 'outbox-2']]);
  });

  it('shows its state', async () => {
    await map({ MaximumRetryAttempts: 5, BatchSize: 1 });
    stream.write('poison-1', 'a');
    await lab.until(retryIsOwed);
    expect(lab.service.inspect?.()).toMatchObject({
      functions: [{ name: 'project', invocations: 1, errors: 1, coldStarts: 1, throttles: 0 }],
      mappings: [
        {
          logicalId: 'Relay',
          source: STREAM_ARN,
          state: 'Enabled',
          lanes: [{ waiting: 1, retrying: 1, discarded: 0 }],
        },
      ],
    });
  });
});
