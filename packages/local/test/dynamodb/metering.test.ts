import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createDynamoDbService } from '../../src/services/dynamodb/service.ts';
import { type EmulatedAws, emulateAws } from '../../src/testing/emulated-aws.ts';
import { createTable } from './table-fixture.ts';

/** A little over one kilobyte: a unit of writing holds one, a unit of reading four. */
const LARGE = { S: 'x'.repeat(1_100) };

describe('what a call of DynamoDB consumes', () => {
  let aws: EmulatedAws;
  let client: DynamoDBClient;
  const units: unknown[] = [];
  beforeAll(async () => {
    aws = await emulateAws((world) => [createDynamoDbService(world, { conflicts: true, metered: true })]);
    aws.world.journal.subscribe((kind, entry) => kind === 'calls' && units.push(entry.capacityUnits));
    client = new DynamoDBClient(aws.clientConfig);
    await createTable(aws, 'plain');
    await createTable(aws, 'indexed', {
      AttributeDefinitions: ['pk', 'gsi1pk'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
      GlobalSecondaryIndexes: [
        {
          IndexName: 'gsi1',
          KeySchema: [{ AttributeName: 'gsi1pk', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    });
  });
  beforeEach(() => {
    units.length = 0;
  });
  afterAll(async () => {
    client.destroy();
    await aws.stop();
  });

  const put = (TableName: string, more = {}) => ({ TableName, Item: { pk: { S: 'a' }, ...more } });
  const checked = (TableName: string) => ({
    TableName,
    Key: { pk: { S: 'b' } },
    ConditionExpression: 'attribute_not_exists(pk)',
  });

  it('is counted by size, twice in a transaction, and for an index as well', async () => {
    await client.send(new PutItemCommand(put('plain')));
    await client.send(new PutItemCommand(put('plain', { text: LARGE })));
    await client.send(new PutItemCommand(put('indexed', { gsi1pk: { S: 'i' } })));
    const transaction = [{ Put: put('plain', { text: LARGE }) }, { ConditionCheck: checked('plain') }];
    await client.send(new TransactWriteItemsCommand({ TransactItems: transaction }));
    await client.send(new GetItemCommand({ TableName: 'plain', Key: { pk: { S: 'a' } }, ConsistentRead: true }));
    await client.send(new GetItemCommand({ TableName: 'plain', Key: { pk: { S: 'a' } } }));
    expect(units).toEqual([1, 2, 2, 6, 1, 0.5]);
  });

  it('is in the answer only for a caller who asked', async () => {
    const question = {
      TableName: 'plain',
      KeyConditionExpression: 'pk = :a',
      ExpressionAttributeValues: { ':a': { S: 'a' } },
    };
    expect((await client.send(new QueryCommand(question))).ConsumedCapacity).toBeUndefined();
    const asked = await client.send(new QueryCommand({ ...question, ReturnConsumedCapacity: 'TOTAL' }));
    expect(asked.ConsumedCapacity?.CapacityUnits).toBe(0.5);
    expect(units).toEqual([0.5, 0.5]);
  });

  it('is not counted for a call that is refused', async () => {
    const refused = { ...put('plain'), ConditionExpression: 'attribute_not_exists(pk)' };
    await expect(client.send(new PutItemCommand(refused))).rejects.toThrow('conditional request failed');
    expect(units).toEqual([undefined]);
  });
});
