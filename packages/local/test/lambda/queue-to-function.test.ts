import { afterEach, describe, expect, it } from '@jest/globals';
import { manualClock } from '../../src/core/clock.ts';
import { isObject, type JsonObject } from '../../src/core/json.ts';
import { createSqsService } from '../../src/services/sqs/service.ts';
import { MAX_MESSAGE_BYTES } from '../../src/services/sqs/state/queue-settings.ts';
import { type Lab, openLab } from './lambda-lab.ts';

let lab: Lab;
afterEach(() => lab.close());

const VISIBILITY_SECONDS = 30;
const MAX_RECEIVES = 5;

const openQueues = async (clock = manualClock(1_000_000), mapping: JsonObject = {}) => {
  lab = await openLab({ clock });
  const sqs = createSqsService(lab.world);
  const addQueue = async (name: string, properties: JsonObject = {}) => {
    const type = sqs.resourceTypes.find((candidate) => candidate.type === 'AWS::SQS::Queue');
    const resource = { stack: 'S', logicalId: name, type: 'AWS::SQS::Queue', metadata: {} };
    const given = { ...resource, properties: { QueueName: name, ...properties } };
    const identity = type?.identify(given);
    await type?.create?.({ ...given, ...(identity && { identity }) });
    return String(identity?.attributes.Arn);
  };
  const dead = await addQueue('commands-dead');
  const queue = await addQueue('commands', {
    VisibilityTimeout: VISIBILITY_SECONDS,
    RedrivePolicy: { deadLetterTargetArn: dead, maxReceiveCount: MAX_RECEIVES },
  });
  await lab.addProbe('consume');
  await lab.add('AWS::Lambda::EventSourceMapping', 'Mapping', {
    EventSourceArn: queue,
    FunctionName: 'consume',
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    ...mapping,
  });
  await lab.service.start?.();
  const remove = async (name: string) => {
    const headers = { 'x-amz-target': 'AmazonSQS.DeleteQueue' };
    const body = Buffer.from(JSON.stringify({ QueueUrl: `${lab.world.endpointUrl()}/000000000000/${name}` }));
    await sqs.handle?.({ method: 'POST', url: '/', headers, body, caller: { principal: 'operator' } });
  };
  return { clock, queue, dead, remove };
};

const batches = () =>
  lab.entries('logs').flatMap(({ data }) => (isObject(data) && Array.isArray(data.bodies) ? [data.bodies] : []));
const quiet = () => lab.until(() => lab.world.agenda.running().length === 0);

describe('a queue and its function', () => {
  it('handle the nine good messages at once, and put the bad one aside after its last receive', async () => {
    const { clock, queue, dead } = await openQueues();
    const bodies = ['fail', ...Array.from({ length: 9 }, (_, index) => `good-${index}`)];
    await Promise.all(bodies.map((payload) => lab.world.targets.deliver(queue, { payload, source: 'test' })));
    await quiet();
    expect(batches()).toEqual([bodies]);
    for (let pass = 1; pass <= MAX_RECEIVES + 1; pass++) {
      clock.set(clock.now() + VISIBILITY_SECONDS * 1000);
      await lab.world.agenda.runDue();
      await quiet();
    }
    expect(batches().slice(1)).toEqual(Array.from({ length: MAX_RECEIVES - 1 }, () => ['fail']));
    const always = { source: expect.stringMatching(/^queue /), what: '1 message', deadLetters: dead };
    const failed = Array.from({ length: MAX_RECEIVES }, (_, index) => ({
      ...always,
      outcome: 'failed',
      attempt: index + 1,
      attempts: MAX_RECEIVES,
    }));
    const attempts = lab.entries('deliveries').filter(({ outcome }) => outcome !== 'sent');
    expect(attempts).toMatchObject([...failed, { ...always, outcome: 'dead-lettered', attempt: MAX_RECEIVES }]);
    for (const { atMs, nextAttemptAtMs } of attempts.slice(0, -1)) {
      expect(nextAttemptAtMs).toBe(atMs + VISIBILITY_SECONDS * 1000);
    }
    expect(lab.world.need('queues').receive(dead, 10)).toMatchObject([{ body: 'fail' }]);
    expect(lab.world.need('queues').receive(queue, 10)).toEqual([]);
  });

  it('get an event whose error has no message, without that attribute', async () => {
    const { dead } = await openQueues();
    await lab.addProbe('throwNothing', { DeadLetterConfig: { TargetArn: dead } });
    await lab.add('AWS::Lambda::EventInvokeConfig', 'Config', {
      FunctionName: 'throwNothing',
      MaximumRetryAttempts: 0,
    });
    lab.functions.invokeAsync({ functionName: 'throwNothing', payload: '{"a":1}', source: 'test' });
    await quiet();
    const [letter] = lab.world.need('queues').receive(dead, 10);
    expect(letter).toMatchObject({ body: '{"a":1}', messageAttributes: { ErrorCode: { StringValue: '200' } } });
    expect(letter?.messageAttributes).not.toHaveProperty('ErrorMessage');
  });

  it('get an event that leaves no room for attributes in the queue, without them', async () => {
    const { dead } = await openQueues();
    const body = JSON.stringify({ text: 'x'.repeat(MAX_MESSAGE_BYTES - 20) });
    await lab.world.targets.deliver(dead, { payload: body, source: 'test', attributes: { ERROR_MESSAGE: 'no' } });
    expect(lab.world.need('queues').receive(dead, 10)).toMatchObject([{ body, messageAttributes: {} }]);
  });

  it.each([
    ['handled', 'good', {}],
    ['failed', 'poison', {}],
    ['gathered', 'good', { MaximumBatchingWindowInSeconds: 5 }],
    ['announced', 'good', {}],
  ])('go quiet when the queue is deleted while a message is %s', async (when, body, mapping) => {
    const { clock, queue, remove } = await openQueues(manualClock(1_000_000), mapping);
    await lab.world.targets.deliver(queue, { payload: body, source: 'test' });
    if (when !== 'announced') await lab.until(() => lab.world.agenda.pending().length > 0);
    await remove('commands');
    await quiet();
    clock.set(clock.now() + VISIBILITY_SECONDS * 1000);
    await lab.world.agenda.runDue();
    await quiet();
    expect(lab.entries('logs').filter(({ level, functionName }) => level === 'ERROR' && !functionName)).toEqual([]);
  });

  it('get a failed event from an asynchronous invocation with the error as message attributes', async () => {
    const { dead } = await openQueues();
    await lab.addProbe('fail', { DeadLetterConfig: { TargetArn: dead } });
    await lab.add('AWS::Lambda::EventInvokeConfig', 'Config', { FunctionName: 'fail', MaximumRetryAttempts: 0 });
    lab.functions.invokeAsync({ functionName: 'fail', payload: '{"message":"no"}', source: 'test' });
    await quiet();
    expect(lab.world.need('queues').receive(dead, 10)).toMatchObject([
      { body: '{"message":"no"}', messageAttributes: { ErrorMessage: { StringValue: 'no' } } },
    ]);
  });
});
