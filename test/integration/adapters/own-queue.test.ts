import { createSqsService, emulateAws } from '@archipelago/local/testing';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wireOwnQueue } from '../../../functions/adapters/aws/own-queue.ts';

const NAME = 'test-orders-fulfil-events';
const environment = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };

describe("a consumer's own queue", () => {
  let aws: Awaited<ReturnType<typeof emulateAws>>;
  let client: SQSClient;
  let arn = '';
  const urlOf = (name: string) => `${aws.clientConfig.endpoint}/000000000000/${name}`;

  beforeAll(async () => {
    aws = await emulateAws((world) => [createSqsService(world)]);
    client = new SQSClient(aws.clientConfig);
    await aws.create('AWS::SQS::Queue', 'Dead', { QueueName: `${NAME}-dead-letters` });
    const { attributes } = await aws.create('AWS::SQS::Queue', 'Queue', { QueueName: NAME, VisibilityTimeout: 180 });
    arn = String(attributes.Arn);
    Object.assign(process.env, environment, { AWS_ENDPOINT_URL: aws.clientConfig.endpoint });
  });
  afterAll(async () => {
    client.destroy();
    await aws.stop();
  });

  const receive = async (name: string, VisibilityTimeout?: number) => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: urlOf(name),
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
        ...(VisibilityTimeout !== undefined && { VisibilityTimeout }),
      }),
    );
    return Messages;
  };
  const recordOf = async (body: string) => {
    await client.send(new SendMessageCommand({ QueueUrl: urlOf(NAME), MessageBody: body }));
    const [message] = await receive(NAME);
    return {
      messageId: String(message?.MessageId),
      receiptHandle: String(message?.ReceiptHandle),
      body,
      eventSourceARN: arn,
      attributes: { ApproximateReceiveCount: '1', AWSTraceHeader: undefined },
    };
  };

  it('hides a message for as long as it is told', async () => {
    const record = await recordOf('later');
    expect(await receive(NAME)).toEqual([]);
    await wireOwnQueue().hide(record, 0);
    expect(await receive(NAME, 0)).toMatchObject([{ Body: 'later', MessageId: record.messageId }]);
  });

  it('puts a message into its dead letters with what was wrong, whatever characters that has', async () => {
    const record = await recordOf('{');
    await wireOwnQueue().giveUp(record, 'not JSON\u0001');
    expect(await receive(`${NAME}-dead-letters`)).toMatchObject([
      {
        Body: '{',
        MessageAttributes: {
          reason: { StringValue: 'malformed' },
          error: { StringValue: 'not JSON?' },
          messageId: { StringValue: record.messageId },
        },
      },
    ]);
  });

  it('throws when the queue cannot be changed', async () => {
    const record = await recordOf('gone');
    await expect(wireOwnQueue().hide({ ...record, receiptHandle: 'none' }, 2)).rejects.toThrow('sqs answers 4');
  });
});
