import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { QueueSource } from '../../src/core/ports.ts';
import { arnOf, type EmulatedSqs, emulateSqs } from './queue-fixture.ts';

const COMMANDS = arnOf('commands');

describe('queues for event sources and targets', () => {
  let sqs: EmulatedSqs;
  let queues: QueueSource;
  let wakes: number;
  let url: string;
  beforeEach(async () => {
    sqs = await emulateSqs();
    url = await sqs.createQueue('commands', { VisibilityTimeout: 30 });
    queues = sqs.aws.world.need('queues');
    wakes = 0;
  });
  afterEach(() => sqs.stop());

  const listen = () =>
    queues.onVisible(COMMANDS, () => {
      wakes += 1;
    });
  const deliver = (payload: string, more = {}) =>
    sqs.aws.world.targets.deliver(COMMANDS, { payload, source: 'events', ...more });

  it('take a delivery to their ARN with its trace and attributes', async () => {
    const traceHeader = 'Root=1-5-6;Sampled=1';
    await deliver('{"a":1}', { traceHeader, attributes: { ERROR_CODE: 'THROTTLING' } });
    expect(queues.receive(COMMANDS, 10)).toMatchObject([
      {
        body: '{"a":1}',
        attributes: { AWSTraceHeader: traceHeader, ApproximateReceiveCount: '1' },
        messageAttributes: { ERROR_CODE: { DataType: 'String', StringValue: 'THROTTLING' } },
      },
    ]);
    await expect(sqs.aws.world.targets.deliver(arnOf('nowhere'), { payload: '', source: 'events' })).rejects.toThrow(
      /does not exist/,
    );
  });

  it('wake a consumer on sending, on release and when a visibility timeout ends', async () => {
    const stop = listen();
    await deliver('a');
    expect(wakes).toBe(1);
    const [message] = queues.receive(COMMANDS, 1);
    queues.release(COMMANDS, message?.receiptHandle ?? '', 0);
    expect(wakes).toBe(2);
    queues.receive(COMMANDS, 1);
    await sqs.aws.advance(30_000);
    expect(wakes).toBe(3);
    stop();
    await deliver('b');
    expect(wakes).toBe(3);
  });

  it('wake a consumer also when the queue was deleted and made again', async () => {
    const stop = listen();
    await sqs.deleteQueue(url);
    await expect(deliver('lost')).rejects.toThrow(/does not exist/);
    await sqs.createQueue('commands');
    await deliver('a');
    expect(wakes).toBe(1);
    stop();
    await deliver('b');
    expect(wakes).toBe(1);
  });

  it('owe a message in flight to its consumer until it is deleted', async () => {
    listen();
    await deliver('a');
    const [message] = queues.receive(COMMANDS, 1);
    expect(sqs.aws.world.agenda.pending()).toMatchObject([
      { kind: 'pending', what: 'return message', subject: 'commands' },
    ]);
    queues.delete(COMMANDS, message?.receiptHandle ?? '');
    expect(sqs.aws.world.agenda.pending()).toEqual([]);
  });
});
