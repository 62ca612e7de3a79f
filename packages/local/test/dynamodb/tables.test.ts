import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EmulatedAws } from '../../src/testing/emulated-aws.ts';
import { createTable, emulateDynamoDb, STREAMED } from './table-fixture.ts';

const INDEX = {
  IndexName: 'by-status',
  KeySchema: [{ AttributeName: 'status', KeyType: 'HASH' }],
  Projection: { ProjectionType: 'ALL' },
};
const STATUS = [
  { AttributeName: 'pk', AttributeType: 'S' },
  { AttributeName: 'status', AttributeType: 'S' },
];

describe('tables of a template', () => {
  let aws: EmulatedAws;
  let client: DynamoDBClient;
  beforeAll(async () => {
    aws = await emulateDynamoDb();
    client = new DynamoDBClient(aws.clientConfig);
  });
  afterAll(async () => {
    client.destroy();
    await aws.stop();
  });

  it('have the keys, indexes and expiry that the template asks for', async () => {
    const identity = await createTable(aws, 'orders', {
      ...STREAMED,
      AttributeDefinitions: STATUS,
      GlobalSecondaryIndexes: [INDEX],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    });
    const arn = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders';
    expect(identity).toMatchObject({ ref: 'orders', attributes: { Arn: arn } });
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'orders' }));
    expect(Table).toMatchObject({
      TableArn: arn,
      TableId: identity.attributes.TableId,
      TableStatus: 'ACTIVE',
      LatestStreamArn: identity.attributes.StreamArn,
      GlobalSecondaryIndexes: [{ ...INDEX, IndexArn: `${arn}/index/by-status` }],
    });
    await client.send(new PutItemCommand({ TableName: 'orders', Item: { pk: { S: '1' }, status: { S: 'PENDING' } } }));
    const { Count } = await client.send(
      new QueryCommand({
        TableName: 'orders',
        IndexName: 'by-status',
        KeyConditionExpression: '#status = :status',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':status': { S: 'PENDING' } },
      }),
    );
    expect(Count).toBe(1);
    const { TimeToLiveDescription } = await client.send(new DescribeTimeToLiveCommand({ TableName: 'orders' }));
    expect(TimeToLiveDescription).toEqual({ AttributeName: 'expiresAt', TimeToLiveStatus: 'ENABLED' });
  });

  it('take the shape of a global table, with a generated name', async () => {
    const identity = await aws.create('AWS::DynamoDB::GlobalTable', 'Profiles', {
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
      Replicas: [{ Region: 'us-east-1', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }],
    });
    expect(identity.ref).toMatch(/^Stack-Profiles-/);
    const { Table } = await client.send(new DescribeTableCommand({ TableName: identity.ref }));
    expect(Table?.StreamSpecification).toEqual({ StreamEnabled: true, StreamViewType: 'KEYS_ONLY' });
  });

  it('take capacity that CloudFormation wrote as text', async () => {
    await createTable(aws, 'provisioned', {
      BillingMode: 'PROVISIONED',
      ProvisionedThroughput: { ReadCapacityUnits: '5', WriteCapacityUnits: '6' },
    });
    const { Table } = await client.send(new DescribeTableCommand({ TableName: 'provisioned' }));
    expect(Table?.ProvisionedThroughput).toMatchObject({ ReadCapacityUnits: 5, WriteCapacityUnits: 6 });
  });

  it('answer a failed condition inside a transaction with its reasons', async () => {
    await createTable(aws, 'claims');
    const put = {
      Put: { TableName: 'claims', Item: { pk: { S: 'a' } }, ConditionExpression: 'attribute_not_exists(pk)' },
    };
    await client.send(new TransactWriteItemsCommand({ TransactItems: [put] }));
    await expect(client.send(new TransactWriteItemsCommand({ TransactItems: [put] }))).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'ConditionalCheckFailed' }],
    });
  });

  it('answer a missing table and a second creation as AWS does', async () => {
    const key = { TableName: 'nowhere', Key: { pk: { S: 'a' } } };
    await expect(client.send(new GetItemCommand(key))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await createTable(aws, 'twice');
    const again = new CreateTableCommand({
      TableName: 'twice',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    await expect(client.send(again)).rejects.toMatchObject({ name: 'ResourceInUseException' });
  });

  it('show their items as plain JSON', async () => {
    await createTable(aws, 'shown');
    const Item = {
      pk: { S: 'a' },
      total: { N: '1250' },
      tags: { SS: ['x', 'y'] },
      nested: { M: { list: { L: [{ BOOL: true }, { NULL: true as const }] } } },
      huge: { N: '12345678901234567890' },
    };
    await client.send(new PutItemCommand({ TableName: 'shown', Item }));
    expect(await aws.world.need('tables').items('shown')).toEqual([
      { pk: 'a', total: 1250, tags: ['x', 'y'], nested: { list: [true, null] }, huge: '12345678901234567890' },
    ]);
  });

  it('tell the AWS endpoint operation and table of each call', async () => {
    await client.send(new GetItemCommand({ TableName: 'shown', Key: { pk: { S: 'a' } } }));
    expect(aws.world.journal.read('calls')[0]).toMatchObject({ operation: 'GetItem', resource: 'shown', status: 200 });
  });
});
