import { DeleteQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { EmulatedService } from '../../src/core/emulated-service.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { createSqsService } from '../../src/services/sqs/service.ts';
import { emulateAws } from '../../src/testing/emulated-aws.ts';

export const arnOf = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

/** Queues behind a real client, on a clock that the test moves. */
export const emulateSqs = async () => {
  const services: EmulatedService[] = [];
  const aws = await emulateAws((world) => {
    services.push(createSqsService(world));
    return services;
  });
  const client = new SQSClient(aws.clientConfig);
  return {
    aws,
    client,
    inspect: () => services.map((service) => service.inspect?.())[0],
    /** Answers the queue's URL. */
    createQueue: async (name: string, properties: JsonObject = {}) =>
      (await aws.create('AWS::SQS::Queue', name, { QueueName: name, ...properties })).ref,
    deleteQueue: (QueueUrl: string) => client.send(new DeleteQueueCommand({ QueueUrl })),
    send: (QueueUrl: string, MessageBody: string, more = {}) =>
      client.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more })),
    receive: async (QueueUrl: string, more = {}) =>
      (await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }))).Messages ?? [],
    stop: async () => {
      client.destroy();
      await aws.stop();
    },
  };
};

export type EmulatedSqs = Awaited<ReturnType<typeof emulateSqs>>;
