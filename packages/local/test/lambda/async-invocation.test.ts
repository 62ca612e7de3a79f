import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AwsError } from '../../src/core/aws-call.ts';
import { manualClock } from '../../src/core/clock.ts';
import type { Delivery } from '../../src/core/world.ts';
import { FUNCTIONS, type Lab, openLab } from './lambda-lab.ts';

const ON_FAILURE = 'arn:aws:sqs:us-east-1:000000000000:failures';
const ON_SUCCESS = 'arn:aws:sqs:us-east-1:000000000000:successes';
const START = Date.UTC(2026, 0, 1);

let lab: Lab;
let clock: ReturnType<typeof manualClock>;
let delivered: { readonly arn: string; readonly delivery: Delivery }[];
beforeEach(async () => {
  clock = manualClock(START);
  lab = await openLab({ clock });
  delivered = [];
  lab.world.targets.register('sqs', async (arn, delivery) => {
    delivered.push({ arn, delivery });
  });
});
afterEach(() => lab.close());

const send = (functionName: string, payload = '{"message":"no"}') =>
  lab.functions.invokeAsync({ functionName, payload, source: 'test' });
const invocations = () => lab.entries('invocations');
const advanceTo = async (ms: number) => {
  clock.set(START + ms);
  await lab.world.agenda.runDue();
};
const retryDueAt = () =>
  lab.world.agenda.pending().find(({ what, kind }) => what === 'retry event' && kind === 'pending')?.dueAtMs ?? 0;
const configure = (functionName: string, properties = {}) =>
  lab.add('AWS::Lambda::EventInvokeConfig', `${functionName}Config`, {
    FunctionName: functionName,
    Qualifier: '$LATEST',
    DestinationConfig: { OnFailure: { Destination: ON_FAILURE }, OnSuccess: { Destination: ON_SUCCESS } },
    ...properties,
  });

describe('an asynchronous invocation', () => {
  it('is retried one minute and then two minutes after a failure, under one request id, and ends in the destination', async () => {
    await lab.addProbe('fail');
    await configure('fail');
    const requestId = send('fail');
    await lab.until(() => retryDueAt() > clock.now());
    expect(retryDueAt()).toBe(START + 60_000);
    await advanceTo(60_000);
    await lab.until(() => retryDueAt() > clock.now());
    expect(retryDueAt()).toBe(START + 180_000);
    expect(delivered).toEqual([]);
    await advanceTo(180_000);
    await lab.until(() => delivered.length === 1);
    expect(invocations().map(({ id }) => id)).toEqual([requestId, requestId, requestId]);
    expect(delivered[0]?.arn).toBe(ON_FAILURE);
    expect(JSON.parse(delivered[0]?.delivery.payload ?? '')).toEqual({
      version: '1.0',
      timestamp: '2026-01-01T00:03:00.000Z',
      requestContext: {
        requestId,
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:fail:$LATEST',
        condition: 'RetriesExhausted',
        approximateInvokeCount: 3,
      },
      requestPayload: { message: 'no' },
      responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
      responsePayload: {
        errorType: 'RangeError',
        errorMessage: 'no',
        trace: expect.arrayContaining([
          expect.stringMatching(/^ {4}at fail \(file:\/\/\/var\/task\/index\.js:\d+:\d+\)$/),
        ]),
      },
    });
    expect(delivered[0]?.delivery.payload).not.toContain(FUNCTIONS);
  });

  it('records each attempt that failed: when the next one is, and where the event goes in the end', async () => {
    await lab.addProbe('fail');
    await configure('fail');
    send('fail');
    await lab.until(() => retryDueAt() > clock.now());
    await advanceTo(60_000);
    await lab.until(() => retryDueAt() > clock.now());
    await advanceTo(180_000);
    await lab.until(() => delivered.length === 1);
    const always = { source: 'event for fail', target: 'fail', what: '1 event', attempts: 3, destination: ON_FAILURE };
    expect(lab.entries('deliveries')).toMatchObject([
      { ...always, outcome: 'failed', attempt: 1, nextAttemptAtMs: START + 60_000 },
      { ...always, outcome: 'failed', attempt: 2, nextAttemptAtMs: START + 180_000 },
      { ...always, outcome: 'passed-on', attempt: 3 },
    ]);
  });

  it('tells the success destination what was answered', async () => {
    await lab.addProbe('echo');
    await configure('echo');
    send('echo', '{"a":1}');
    await lab.until(() => delivered.length === 1);
    expect(delivered[0]?.arn).toBe(ON_SUCCESS);
    expect(JSON.parse(delivered[0]?.delivery.payload ?? '')).toMatchObject({
      requestContext: { condition: 'Success', approximateInvokeCount: 1 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST' },
      responsePayload: { a: 1 },
    });
  });

  it('puts the event itself, with the error as attributes, into the dead-letter queue', async () => {
    await lab.addProbe('fail', { DeadLetterConfig: { TargetArn: ON_FAILURE } });
    await configure('fail', { MaximumRetryAttempts: 0, DestinationConfig: {} });
    const requestId = send('fail');
    await lab.until(() => delivered.length === 1);
    expect(delivered[0]?.delivery).toMatchObject({
      payload: '{"message":"no"}',
      attributes: { RequestID: requestId, ErrorCode: '200', ErrorMessage: 'no' },
    });
  });

  it('tells a destination that is a bus in an event of Lambda', async () => {
    const bus = 'arn:aws:events:us-east-1:000000000000:event-bus/results';
    lab.world.targets.register('events', async (arn, delivery) => {
      delivered.push({ arn, delivery });
    });
    const DestinationConfig = { OnFailure: { Destination: bus }, OnSuccess: { Destination: bus } };
    for (const name of ['fail', 'echo']) {
      await lab.addProbe(name);
      await configure(name, { MaximumRetryAttempts: 0, DestinationConfig });
      send(name);
    }
    await lab.until(() => delivered.length === 2);
    const events = delivered.map(({ delivery }) => JSON.parse(delivery.payload));
    const envelopeOf = (name: string, result: string) => ({
      source: 'lambda',
      'detail-type': `Lambda Function Invocation Result - ${result}`,
      resources: [bus, `arn:aws:lambda:us-east-1:000000000000:function:${name}:$LATEST`],
      detail: expect.objectContaining({ version: '1.0', requestPayload: { message: 'no' } }),
    });
    expect(events).toEqual(expect.arrayContaining([envelopeOf('fail', 'Failure'), envelopeOf('echo', 'Success')]));
  });

  it('is lost, and says so, when its dead-letter queue does not take it', async () => {
    lab.world.targets.register('sqs', async () => {
      throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
    });
    await lab.addProbe('fail', { DeadLetterConfig: { TargetArn: ON_FAILURE } });
    await configure('fail', { MaximumRetryAttempts: 0, DestinationConfig: {} });
    send('fail');
    await lab.until(() => lab.entries('deliveries').length === 1);
    expect(lab.entries('deliveries')).toMatchObject([
      { outcome: 'dropped', deadLetters: ON_FAILURE, error: 'The specified queue does not exist.' },
    ]);
  });

  it('gives up on an event that would be too old by its next retry', async () => {
    await lab.addProbe('fail');
    await configure('fail', { MaximumEventAgeInSeconds: 60 });
    send('fail');
    await lab.until(() => lab.world.agenda.pending().some(({ what }) => what === 'retry event'));
    await advanceTo(60_000);
    await lab.until(() => delivered.length === 1);
    expect(JSON.parse(delivered[0]?.delivery.payload ?? '')).toMatchObject({
      requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 2 },
    });
  });

  it('waits longer and longer for a throttled function, and does not count that as an attempt', async () => {
    await lab.addProbe('fail', { ReservedConcurrentExecutions: 0 });
    await configure('fail', { MaximumEventAgeInSeconds: 60 });
    send('fail');
    const dues: number[] = [];
    for (const second of [1, 3, 7, 15, 31]) {
      await lab.until(() => retryDueAt() > clock.now());
      dues.push(retryDueAt() - START);
      await advanceTo(second * 1000);
    }
    expect(dues).toEqual([1000, 3000, 7000, 15_000, 31_000]);
    await lab.until(() => delivered.length === 1);
    expect(JSON.parse(delivered[0]?.delivery.payload ?? '')).toMatchObject({
      requestContext: { condition: 'EventAgeExceeded', approximateInvokeCount: 0 },
    });
  });

  it('comes from a target as well, which refuses an unknown function', async () => {
    const { attributes } = await lab.addProbe('echo');
    await lab.world.targets.deliver(String(attributes.Arn), { payload: '{}', source: 'rule orders' });
    await lab.until(() => invocations().length === 1);
    expect(invocations()[0]).toMatchObject({ source: 'rule orders', status: 'ok' });
    const unknown = lab.world.targets.deliver(`${attributes.Arn}x`, { payload: '{}', source: 'rule' });
    await expect(unknown).rejects.toMatchObject({ code: 'ResourceNotFoundException' });
  });
});
