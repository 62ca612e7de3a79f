import { DynamoDBClient, paginateListTables, QueryCommand } from '@aws-sdk/client-dynamodb';
import { ListQueuesCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Target } from '../aws/target.ts';

export interface StuckMessage {
  readonly where: string;
  readonly type: string;
  /** Why it is there, or when it is tried again. */
  readonly note: string;
}

/** Every table of the system; one without a relay has nothing parked. */
const tablesOf = async (client: DynamoDBClient, prefix: string): Promise<readonly string[]> => {
  const names: string[] = [];
  for await (const { TableNames = [] } of paginateListTables({ client }, {})) names.push(...TableNames);
  return names.filter((name) => name.startsWith(`${prefix}-`));
};

const PARKED = 'PARKED';

/** Messages of an order that a relay could not send, and that are tried again. */
export const parkedMessages = async (target: Target, orderId: string): Promise<readonly StuckMessage[]> => {
  const client = new DynamoDBClient(target.client);
  const query = async (TableName: string): Promise<readonly StuckMessage[]> => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :parked',
        ExpressionAttributeValues: { ':parked': { S: PARKED } },
      }),
    );
    return Items.filter((item) => JSON.stringify(item).includes(orderId)).map(
      ({ message, nextAttemptAtMs, attempts }) => ({
        where: `parked in ${TableName}`,
        type: message?.M?.type?.S ?? 'a message',
        note: `tried ${attempts?.N ?? '?'} times, again ${new Date(Number(nextAttemptAtMs?.N)).toISOString()}`,
      }),
    );
  };
  try {
    return (await Promise.all((await tablesOf(client, target.prefix)).map(query))).flat();
  } finally {
    client.destroy();
  }
};

const GIVEN_UP = /-(dead-letters|undelivered)$/;

/** For so long nobody else receives what is looked at; then it is as it was. */
const HIDDEN_SECONDS = 10;
const TOGETHER = 10;
const MOST = 200;

const nameOf = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

const typeIn = (body: string): string => /"(?:type|detail-type)":"(\w+\.v\d+)"/.exec(body)?.[1] ?? 'a message';

const reasonOf = ({ MessageAttributes = {}, Attributes = {} }: Message): string => {
  const reason = MessageAttributes.reason ?? MessageAttributes.ERROR_CODE;
  const error = MessageAttributes.error ?? MessageAttributes.ERROR_MESSAGE;
  const texts = [reason?.StringValue, error?.StringValue].filter((text) => text !== undefined);
  return texts.join(': ') || `received ${Attributes.ApproximateReceiveCount ?? '?'} times`;
};

/** Dead letters that name an order. Looks at 200 of each queue at most, and takes none. */
export const deadLetters = async (target: Target, orderId: string): Promise<readonly StuckMessage[]> => {
  const client = new SQSClient(target.client);

  const givenUp = async (): Promise<readonly string[]> => {
    const { QueueUrls = [] } = await client.send(
      new ListQueuesCommand({ QueueNamePrefix: `${target.prefix}-`, MaxResults: 1_000 }),
    );
    return QueueUrls.filter((url) => GIVEN_UP.test(url));
  };

  const look = async (QueueUrl: string): Promise<readonly StuckMessage[]> => {
    const seen: Message[] = [];
    for (let more = true; more && seen.length < MOST; ) {
      const { Messages = [] } = await client.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: TOGETHER,
          VisibilityTimeout: HIDDEN_SECONDS,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['ApproximateReceiveCount'],
        }),
      );
      seen.push(...Messages);
      more = Messages.length > 0;
    }
    return seen
      .filter(({ Body = '' }) => Body.includes(orderId))
      .map((message) => ({ where: nameOf(QueueUrl), type: typeIn(message.Body ?? ''), note: reasonOf(message) }));
  };

  try {
    return (await Promise.all((await givenUp()).map(look))).flat();
  } finally {
    client.destroy();
  }
};
