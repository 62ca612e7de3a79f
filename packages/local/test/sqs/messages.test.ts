import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  SendMessageBatchCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../../../test/support/eventually.ts';
import { type EmulatedSqs, emulateSqs } from './queue-fixture.ts';

const MIB = 1_048_576;

describe('a standard queue', () => {
  let sqs: EmulatedSqs;
  beforeEach(async () => {
    sqs = await emulateSqs();
  });
  afterEach(() => sqs.stop());

  const bodies = (messages: readonly { Body?: string | undefined }[]) => messages.map(({ Body }) => Body);

  it('gives a message with digests the client accepts, attributes and system attributes', async () => {
    const url = await sqs.createQueue('commands');
    await sqs.send(url, 'héllo', {
      MessageAttributes: {
        kind: { DataType: 'String', StringValue: 'x' },
        blob: { DataType: 'Binary', BinaryValue: Buffer.from([0, 1, 255]) },
        count: { DataType: 'Number', StringValue: '3' },
      },
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-5-6;Sampled=1' } },
    });
    const [message] = await sqs.receive(url, {
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    });
    expect(message).toMatchObject({
      Body: 'héllo',
      MessageAttributes: { kind: { StringValue: 'x' }, count: { StringValue: '3' } },
      Attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: String(sqs.aws.clock.now()),
        AWSTraceHeader: 'Root=1-5-6;Sampled=1',
      },
    });
    expect([...(message?.MessageAttributes?.blob?.BinaryValue ?? [])]).toEqual([0, 1, 255]);
  });

  it('hides a received message until its visibility timeout ends, then counts the next receive', async () => {
    const url = await sqs.createQueue('commands', { VisibilityTimeout: 60 });
    await sqs.send(url, 'a');
    expect(await sqs.receive(url)).toHaveLength(1);
    await sqs.aws.advance(59_000);
    expect(await sqs.receive(url)).toHaveLength(0);
    await sqs.aws.advance(1_000);
    const [again] = await sqs.receive(url, { MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
    expect(again?.Attributes).toEqual({ ApproximateReceiveCount: '2' });
  });

  it('deletes by the last handle only', async () => {
    const url = await sqs.createQueue('commands', { VisibilityTimeout: 1 });
    await sqs.send(url, 'a');
    const [first] = await sqs.receive(url);
    await sqs.aws.advance(1_000);
    const [second] = await sqs.receive(url);
    const remove = (ReceiptHandle: string | undefined) =>
      sqs.client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
    await remove(first?.ReceiptHandle);
    await sqs.aws.advance(1_000);
    expect(await sqs.receive(url, { VisibilityTimeout: 0 })).toHaveLength(1);
    await remove(second?.ReceiptHandle);
    const [third] = await sqs.receive(url);
    await remove(third?.ReceiptHandle);
    await sqs.aws.advance(1_000);
    expect(await sqs.receive(url)).toHaveLength(0);
  });

  it('delays by the queue or by the message, as planned work', async () => {
    const url = await sqs.createQueue('deadlines', { DelaySeconds: 10 });
    await sqs.send(url, 'queue');
    await sqs.send(url, 'message', { DelaySeconds: 900 });
    await sqs.send(url, 'now', { DelaySeconds: 0 });
    expect(sqs.aws.world.agenda.pending()).toMatchObject([{ kind: 'planned', what: 'end message delay' }]);
    expect(bodies(await sqs.receive(url))).toEqual(['now']);
    await sqs.aws.advance(10_000);
    expect(bodies(await sqs.receive(url))).toEqual(['queue']);
    await sqs.aws.advance(890_000);
    expect(bodies(await sqs.receive(url, { VisibilityTimeout: 1 }))).toContain('message');
    await expect(sqs.send(url, 'x', { DelaySeconds: 901 })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('gives a message back early, or keeps it longer, when its visibility is changed', async () => {
    const url = await sqs.createQueue('commands', { VisibilityTimeout: 30 });
    await sqs.send(url, 'a');
    const [message] = await sqs.receive(url);
    const change = (VisibilityTimeout: number) =>
      sqs.client.send(
        new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle, VisibilityTimeout }),
      );
    await change(100);
    await sqs.aws.advance(60_000);
    expect(await sqs.receive(url)).toHaveLength(0);
    await change(0);
    await expect(change(0)).rejects.toMatchObject({ name: 'MessageNotInflight' });
    expect(await sqs.receive(url)).toHaveLength(1);
  });

  it('answers a long poll as soon as a message comes, and empty when none does', async () => {
    const url = await sqs.createQueue('commands');
    const polling = () => eventually('a long poll waits', async () => sqs.aws.world.agenda.pending().length > 0);
    const served = sqs.receive(url, { WaitTimeSeconds: 20 });
    await polling();
    await sqs.send(url, 'a');
    expect(bodies(await served)).toEqual(['a']);
    const starved = sqs.receive(url, { WaitTimeSeconds: 20 });
    await eventually('a long poll waits', async () =>
      sqs.aws.world.agenda.pending().some(({ what }) => what === 'end long poll'),
    );
    await sqs.aws.advance(20_000);
    expect(await starved).toEqual([]);
  });

  it('keeps the good entries of a batch and lists the bad ones', async () => {
    const url = await sqs.createQueue('commands');
    const entries = [
      { Id: 'good', MessageBody: 'a' },
      { Id: 'bad', MessageBody: 'b', DelaySeconds: 901 },
    ];
    const answer = await sqs.client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: entries }));
    expect(answer.Successful).toMatchObject([{ Id: 'good' }]);
    expect(answer.Failed).toMatchObject([{ Id: 'bad', Code: 'InvalidParameterValue', SenderFault: true }]);
    const received = await sqs.receive(url);
    expect(bodies(received)).toEqual(['a']);
    const Entries = received.map(({ ReceiptHandle }, at) => ({ Id: String(at), ReceiptHandle }));
    await sqs.client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
    await sqs.aws.advance(60_000);
    expect(await sqs.receive(url)).toEqual([]);
  });

  it.each([
    ['EmptyBatchRequest', 'AWS.SimpleQueueService.EmptyBatchRequest', [] as { Id: string; MessageBody: string }[]],
    [
      'TooManyEntriesInBatchRequest',
      'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
      Array.from({ length: 11 }, (_, at) => ({ Id: String(at), MessageBody: 'a' })),
    ],
    [
      'BatchEntryIdsNotDistinct',
      'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
      [
        { Id: 'a', MessageBody: 'a' },
        { Id: 'a', MessageBody: 'b' },
      ],
    ],
    [
      'BatchRequestTooLong',
      'AWS.SimpleQueueService.BatchRequestTooLong',
      [
        { Id: 'a', MessageBody: 'x'.repeat(MIB / 2) },
        { Id: 'b', MessageBody: 'x'.repeat(MIB / 2 + 1) },
      ],
    ],
  ])('refuses a whole batch with %s', async (name, Code, Entries) => {
    const url = await sqs.createQueue('commands');
    const sending = sqs.client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    await expect(sending).rejects.toMatchObject({ name, Code });
  });

  it('takes a message of exactly 1 MiB and no more', async () => {
    const url = await sqs.createQueue('commands');
    await sqs.send(url, 'x'.repeat(MIB));
    await expect(sqs.send(url, 'x'.repeat(MIB + 1))).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(sqs.send(url, 'nul \u0000')).rejects.toMatchObject({ name: 'InvalidMessageContents' });
  });

  it('drops messages after the retention period, and all of them when purged', async () => {
    const url = await sqs.createQueue('commands', { MessageRetentionPeriod: 60 });
    await sqs.send(url, 'old');
    await sqs.aws.advance(61_000);
    await sqs.send(url, 'new');
    expect(bodies(await sqs.receive(url, { VisibilityTimeout: 0 }))).toEqual(['new']);
    await sqs.client.send(new PurgeQueueCommand({ QueueUrl: url }));
    const { Attributes } = await sqs.client.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    expect(Attributes).toEqual({ ApproximateNumberOfMessages: '0' });
  });
});
