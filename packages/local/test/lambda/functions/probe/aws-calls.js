import { DynamoDBClient, PutItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';

const once = { maxAttempts: 1 };
const tables = new DynamoDBClient(once);
const buses = new EventBridgeClient(once);
const queues = new SQSClient(once);

const put = (pk) => new PutItemCommand({ TableName: 'orders', Item: { pk: { S: pk } } });

/** Answers what came of each call, or the name of the error. */
const outcome = async (call) => {
  try {
    return await call;
  } catch (error) {
    return error.name;
  }
};

export const handler = async ({ items = [], transaction, events, queueUrl, messages }) => {
  const outcomes = [];
  for (const pk of items) outcomes.push(await outcome(tables.send(put(pk)).then(() => 'put')));
  if (transaction) {
    const TransactItems = transaction.map((pk) => ({ Put: put(pk).input }));
    outcomes.push(await outcome(tables.send(new TransactWriteItemsCommand({ TransactItems })).then(() => 'put')));
  }
  if (events) {
    const Entries = events.map((Source) => ({ Source, DetailType: 'd', Detail: '{}' }));
    const { Entries: answers } = await buses.send(new PutEventsCommand({ Entries }));
    outcomes.push(...answers.map(({ ErrorCode }) => ErrorCode ?? 'sent'));
  }
  if (messages) {
    const Entries = messages.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
    const { Successful, Failed } = await queues.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries }));
    outcomes.push(
      ...(Successful ?? []).map(({ Id }) => `sent ${Id}`),
      ...(Failed ?? []).map(({ Id }) => `failed ${Id}`),
    );
  }
  return outcomes;
};
