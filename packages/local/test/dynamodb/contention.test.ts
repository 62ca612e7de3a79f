import {
  DeleteItemCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDynamoDbService } from '../../src/services/dynamodb/service.ts';
import { type EmulatedAws, emulateAws } from '../../src/testing/emulated-aws.ts';
import { createTable } from './table-fixture.ts';

const TRANSACTION_MS = 1_000;

let aws: EmulatedAws;
let client: DynamoDBClient;
beforeAll(async () => {
  aws = await emulateAws((world) => [createDynamoDbService(world, { conflicts: true, transactionMs: TRANSACTION_MS })]);
  client = new DynamoDBClient({ ...aws.clientConfig, maxAttempts: 1 });
  await createTable(aws, 'orders');
  await createTable(aws, 'lines', {
    KeySchema: [
      { AttributeName: 'order', KeyType: 'HASH' },
      { AttributeName: 'number', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'order', AttributeType: 'S' },
      { AttributeName: 'number', AttributeType: 'N' },
    ],
  });
});
afterAll(async () => {
  client.destroy();
  await aws.stop();
});

const key = (pk: string) => ({ pk: { S: pk } });
const put = (pk: string) => ({ Put: { TableName: 'orders', Item: { ...key(pk), text: { S: 'new' } } } });
const check = (pk: string) => ({
  ConditionCheck: { TableName: 'orders', Key: key(pk), ConditionExpression: 'attribute_not_exists(absent)' },
});
const line = (number: number) => ({
  Update: {
    TableName: 'lines',
    Key: { number: { N: String(number) }, order: { S: 'o' } },
    UpdateExpression: 'SET amount = :one',
    ExpressionAttributeValues: { ':one': { N: '1' } },
  },
});
const transact = (...TransactItems: (ReturnType<typeof put> | ReturnType<typeof check> | ReturnType<typeof line>)[]) =>
  client.send(new TransactWriteItemsCommand({ TransactItems }));
const read = (...pks: string[]) =>
  client.send(
    new TransactGetItemsCommand({ TransactItems: pks.map((pk) => ({ Get: { TableName: 'orders', Key: key(pk) } })) }),
  );
const over = () => aws.advance(TRANSACTION_MS);

const NONE = { Code: 'None' };
const CONFLICT = { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' };
const cancelledWith = (...reasons: object[]) => ({
  name: 'TransactionCanceledException',
  message: expect.stringContaining(`[${reasons.map((reason) => Object.values(reason)[0]).join(', ')}]`),
  CancellationReasons: reasons,
});

describe('a transaction under way', () => {
  it('cancels another one on its items, with a reason for each position', async () => {
    await transact(put('a'), line(1));
    await expect(transact(put('b'), put('a'), line(2))).rejects.toMatchObject(cancelledWith(NONE, CONFLICT, NONE));
    await expect(transact(line(1))).rejects.toMatchObject(cancelledWith(CONFLICT));
    await expect(transact(check('c'), check('a'))).rejects.toMatchObject(cancelledWith(NONE, CONFLICT));
    await transact(put('b'), line(2));
    await over();
    await transact(put('a'), line(1));
    await over();
  });

  it('refuses plain writes of its items, and leaves reads alone', async () => {
    await transact(put('a'), check('b'));
    const write = { TableName: 'orders', Key: key('a') };
    const conflict = { name: 'TransactionConflictException', message: 'Transaction is ongoing for the item' };
    await expect(client.send(new PutItemCommand({ TableName: 'orders', Item: key('a') }))).rejects.toMatchObject(
      conflict,
    );
    await expect(client.send(new UpdateItemCommand(write))).rejects.toMatchObject(conflict);
    await expect(client.send(new DeleteItemCommand({ ...write, Key: key('b') }))).rejects.toMatchObject(conflict);
    expect((await client.send(new GetItemCommand(write))).Item?.text).toEqual({ S: 'new' });
    await expect(read('c', 'a')).rejects.toMatchObject(cancelledWith(NONE, CONFLICT));
    await over();
    await client.send(new DeleteItemCommand(write));
    expect((await read('a')).Responses).toEqual([{}]);
  });

  it('keeps its items also when its condition fails, and no longer', async () => {
    const failing = { ...check('d').ConditionCheck, ConditionExpression: 'attribute_exists(absent)' };
    const failed = client.send(new TransactWriteItemsCommand({ TransactItems: [{ ConditionCheck: failing }] }));
    await expect(failed).rejects.toMatchObject(cancelledWith({ Code: 'ConditionalCheckFailed' }));
    await expect(transact(put('d'))).rejects.toMatchObject(cancelledWith(CONFLICT));
    await over();
    await transact(put('d'));
    await over();
  });

  it('takes the same request again while it runs for one in progress', async () => {
    const twice = new TransactWriteItemsCommand({ TransactItems: [put('e')], ClientRequestToken: 'same' });
    await client.send(twice);
    await expect(client.send(twice)).rejects.toMatchObject({ name: 'TransactionInProgressException' });
    await over();
    await client.send(twice);
    await over();
  });

  it('lets plain writes of one item go together', async () => {
    const writes = Array.from({ length: 20 }, () =>
      client.send(new PutItemCommand({ TableName: 'orders', Item: key('f') })),
    );
    await Promise.all(writes);
  });
});

describe('transactions without a time of their own', () => {
  it('conflict from the arrival to the answer', async () => {
    const quick = await emulateAws((world) => [createDynamoDbService(world)]);
    const sdk = new DynamoDBClient({ ...quick.clientConfig, maxAttempts: 1 });
    await createTable(quick, 'orders');
    const run = () => sdk.send(new TransactWriteItemsCommand({ TransactItems: [put('a')] }));
    await run();
    const together = await Promise.allSettled(Array.from({ length: 20 }, run));
    expect(new Set(together.map(({ status }) => status))).toEqual(new Set(['fulfilled', 'rejected']));
    await run();
    sdk.destroy();
    await quick.stop();
  });
});
