import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type Destination, describeDestination, destinationOf } from './dead-letter.ts';
import type { ClientSettings } from './target.ts';

/** How long a message is hidden while it is looked at or sent. */
const HIDDEN_SECONDS = 60;
const MOST_RECEIVED = 10;

export interface Redriven {
  readonly sent: number;
  readonly left: number;
}

type Print = (line: string) => void;

const clientsOf = (settings: ClientSettings) => ({
  sqs: new SQSClient(settings),
  lambda: new LambdaClient(settings),
  events: new EventBridgeClient(settings),
});

type Clients = ReturnType<typeof clientsOf>;

const queueUrlOf = async ({ sqs }: Clients, arn: string): Promise<string> => {
  const [QueueOwnerAWSAccountId, QueueName] = arn.split(':').slice(4);
  const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName, QueueOwnerAWSAccountId }));
  return QueueUrl;
};

const arnOf = async ({ sqs }: Clients, QueueUrl: string): Promise<string> => {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  return Attributes?.QueueArn ?? '';
};

const sourcesOf = async (clients: Clients, QueueUrl: string): Promise<readonly string[]> => {
  const { queueUrls = [] } = await clients.sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl }));
  return Promise.all(queueUrls.map((url) => arnOf(clients, url)));
};

const putBack = async ({ events }: Clients, { arn, event }: Extract<Destination, { kind: 'bus' }>): Promise<void> => {
  const { source, 'detail-type': type, detail, resources } = event;
  const entry = {
    EventBusName: arn,
    Source: String(source),
    DetailType: String(type),
    Detail: JSON.stringify(detail),
    ...(Array.isArray(resources) && { Resources: resources.map(String) }),
  };
  const { Entries = [] } = await events.send(new PutEventsCommand({ Entries: [entry] }));
  if (Entries[0]?.ErrorCode) throw new Error(Entries[0].ErrorMessage ?? Entries[0].ErrorCode);
};

const send = async (clients: Clients, destination: Destination, { Body, Attributes }: Message): Promise<void> => {
  if (destination.kind === 'unknown') throw new Error(destination.reason);
  if (destination.kind === 'bus') return putBack(clients, destination);
  if (destination.kind === 'function') {
    const { arn, payload } = destination;
    await clients.lambda.send(new InvokeCommand({ FunctionName: arn, InvocationType: 'Event', Payload: payload }));
    return;
  }
  const trace = Attributes?.AWSTraceHeader;
  await clients.sqs.send(
    new SendMessageCommand({
      QueueUrl: await queueUrlOf(clients, destination.arn),
      MessageBody: Body,
      MessageAttributes: destination.attributes,
      ...(trace !== undefined && {
        MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: trace } },
      }),
    }),
  );
};

/**
 * Every message that is there now, once: those that are kept stay hidden until the end. What comes while this runs is set
 * apart: it may have failed again, and would go round and round.
 */
async function* messagesOf({ sqs }: Clients, QueueUrl: string, newer: Message[]): AsyncGenerator<Message> {
  const startedMs = Date.now();
  for (;;) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: MOST_RECEIVED,
        VisibilityTimeout: HIDDEN_SECONDS,
        WaitTimeSeconds: 1,
        MessageAttributeNames: ['All'],
        MessageSystemAttributeNames: ['All'],
      }),
    );
    const old = Messages.filter(({ Attributes }) => Number(Attributes?.SentTimestamp) <= startedMs);
    newer.push(...Messages.filter((message) => !old.includes(message)));
    yield* old;
    if (old.length === 0) return;
  }
}

const show = (message: Message, destination: Destination, print: Print): void => {
  const { MessageId, Body, Attributes, MessageAttributes = {} } = message;
  const sentAt = new Date(Number(Attributes?.SentTimestamp)).toISOString();
  print(`${MessageId}  sent ${sentAt}  -> ${describeDestination(destination)}`);
  for (const [name, { StringValue }] of Object.entries(MessageAttributes)) print(`  ${name}: ${StringValue}`);
  print(`  ${Body}`);
};

const shownAgain = async ({ sqs }: Clients, QueueUrl: string, kept: readonly Message[]): Promise<void> => {
  for (const { ReceiptHandle } of kept)
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
};

/**
 * Sends dead letters to where they were meant for, and then deletes them: one that this is interrupted at comes twice. With
 * `peek` it shows them and leaves them. What SQS moves by itself only for dead letters of queues, this does for all.
 */
export const redrive = async (
  queueName: string,
  { peek, limit, print }: { readonly peek: boolean; readonly limit: number; readonly print: Print },
  settings: ClientSettings,
): Promise<Redriven> => {
  const clients = clientsOf(settings);
  const { QueueUrl = '' } = await clients.sqs.send(new GetQueueUrlCommand({ QueueName: queueName }));
  const sources = await sourcesOf(clients, QueueUrl);
  const [kept, newer]: [Message[], Message[]] = [[], []];
  let sent = 0;
  try {
    for await (const message of messagesOf(clients, QueueUrl, newer)) {
      const destination = destinationOf(message, sources);
      if (peek || sent >= limit) {
        kept.push(message);
        if (peek) show(message, destination, print);
        else break;
        continue;
      }
      try {
        await send(clients, destination, message);
        await clients.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
        sent += 1;
      } catch (error) {
        kept.push(message);
        print(`left: ${message.MessageId}, ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  } finally {
    await shownAgain(clients, QueueUrl, [...kept, ...newer]);
    for (const client of Object.values(clients)) client.destroy();
  }
  return { sent, left: kept.length };
};
