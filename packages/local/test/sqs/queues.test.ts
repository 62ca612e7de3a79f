import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ListQueuesCommand,
  SetQueueAttributesCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { arnOf, type EmulatedSqs, emulateSqs } from './queue-fixture.ts';

describe('queues', () => {
  let sqs: EmulatedSqs;
  beforeEach(async () => {
    sqs = await emulateSqs();
  });
  afterEach(() => sqs.stop());

  const withDeadLetters = async (maxReceiveCount: number) => {
    const deadLetters = await sqs.createQueue('dead-letters');
    const source = await sqs.createQueue('commands', {
      VisibilityTimeout: 10,
      RedrivePolicy: { deadLetterTargetArn: arnOf('dead-letters'), maxReceiveCount },
    });
    return { source, deadLetters };
  };

  const failTimes = async (url: string, times: number) => {
    for (let at = 0; at < times; at++) {
      expect(await sqs.receive(url)).toHaveLength(1);
      await sqs.aws.advance(10_000);
    }
  };

  it('are found by name, listed, and described with their settings', async () => {
    const url = await sqs.createQueue('commands', { VisibilityTimeout: '90' });
    expect(url).toBe(`${sqs.aws.world.endpointUrl()}/000000000000/commands`);
    const { QueueUrl } = await sqs.client.send(new GetQueueUrlCommand({ QueueName: 'commands' }));
    expect(QueueUrl).toBe(url);
    expect((await sqs.client.send(new ListQueuesCommand({ QueueNamePrefix: 'comm' }))).QueueUrls).toEqual([url]);
    await sqs.client.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { DelaySeconds: '5' } }));
    const { Attributes } = await sqs.client.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
    );
    expect(Attributes).toMatchObject({
      QueueArn: arnOf('commands'),
      VisibilityTimeout: '90',
      DelaySeconds: '5',
      MessageRetentionPeriod: '345600',
      ApproximateNumberOfMessagesDelayed: '0',
    });
  });

  it('answer a missing queue under both of its names', async () => {
    const asking = sqs.client.send(new GetQueueUrlCommand({ QueueName: 'nowhere' }));
    await expect(asking).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
      Code: 'AWS.SimpleQueueService.NonExistentQueue',
    });
  });

  it('may be created twice alike, not differently, and not as FIFO', async () => {
    const create = (QueueName: string, DelaySeconds: string) =>
      sqs.client.send(new CreateQueueCommand({ QueueName, Attributes: { DelaySeconds } }));
    const { QueueUrl } = await create('made', '1');
    expect((await create('made', '1')).QueueUrl).toBe(QueueUrl);
    await expect(create('made', '2')).rejects.toMatchObject({ name: 'QueueNameExists' });
    await expect(create('made.fifo', '1')).rejects.toMatchObject({ message: expect.stringContaining('FIFO') });
    await expect(sqs.createQueue('ordered', { FifoQueue: true })).rejects.toThrow(/FIFO queues are not emulated/);
  });

  it('hand a message to the dead-letter queue after its last receive, with the same id', async () => {
    const { source, deadLetters } = await withDeadLetters(2);
    const { MessageId } = await sqs.send(source, 'poison');
    await failTimes(source, 2);
    expect(await sqs.receive(source)).toEqual([]);
    const [dead] = await sqs.receive(deadLetters, { MessageSystemAttributeNames: ['All'] });
    expect(dead).toMatchObject({
      MessageId,
      Body: 'poison',
      Attributes: { DeadLetterQueueSourceArn: arnOf('commands'), ApproximateReceiveCount: '3' },
    });
    expect(sqs.aws.world.journal.read('deliveries')[0]).toMatchObject({
      outcome: 'dead-lettered',
      messageId: MessageId,
    });
    const sources = await sqs.client.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: deadLetters }));
    expect(sources.queueUrls).toEqual([source]);
  });

  it('take dead letters back as new messages', async () => {
    const { source, deadLetters } = await withDeadLetters(1);
    const { MessageId } = await sqs.send(source, 'poison');
    await failTimes(source, 1);
    expect(await sqs.receive(source)).toEqual([]);
    const start = (SourceArn: string) => sqs.client.send(new StartMessageMoveTaskCommand({ SourceArn }));
    await start(arnOf('dead-letters'));
    const { Results } = await sqs.client.send(new ListMessageMoveTasksCommand({ SourceArn: arnOf('dead-letters') }));
    expect(Results).toMatchObject([{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 1 }]);
    expect(await sqs.receive(deadLetters)).toEqual([]);
    const [back] = await sqs.receive(source, { MessageSystemAttributeNames: ['All'] });
    expect(back).toMatchObject({ Body: 'poison', Attributes: { ApproximateReceiveCount: '1' } });
    expect(back?.MessageId).not.toBe(MessageId);
    await expect(start(arnOf('commands'))).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('refuse a redrive policy whose target is missing or does not allow it', async () => {
    await sqs.createQueue('closed', { RedriveAllowPolicy: { redrivePermission: 'denyAll' } });
    for (const target of ['closed', 'nowhere']) {
      const RedrivePolicy = { deadLetterTargetArn: arnOf(target), maxReceiveCount: 3 };
      await expect(sqs.createQueue(`to-${target}`, { RedrivePolicy })).rejects.toThrow(/RedrivePolicy is invalid/);
    }
  });

  it('show their depths, ages and messages', async () => {
    const url = await sqs.createQueue('commands');
    await sqs.send(url, 'taken');
    await sqs.receive(url);
    await sqs.send(url, 'waiting');
    await sqs.send(url, 'delayed', { DelaySeconds: 60 });
    await sqs.aws.advance(5_000);
    expect(sqs.inspect()).toMatchObject([
      {
        name: 'commands',
        visible: 1,
        inFlight: 1,
        delayed: 1,
        oldestAgeSeconds: 5,
        messages: [{ body: 'waiting' }, { body: 'taken', state: 'inFlight' }, { body: 'delayed', state: 'delayed' }],
      },
    ]);
  });
});
