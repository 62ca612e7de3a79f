import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  PutItemCommand,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StreamSource } from '../../src/core/ports.ts';
import { type EmulatedAws, STARTED_AT_MS } from '../../src/testing/emulated-aws.ts';
import { createTable, emulateDynamoDb, STREAMED } from './table-fixture.ts';

const HOUR_MS = 3_600_000;

describe('a table stream', () => {
  let aws: EmulatedAws;
  let client: DynamoDBClient;
  let wire: DynamoDBStreamsClient;
  let streams: StreamSource;
  beforeAll(async () => {
    aws = await emulateDynamoDb();
    client = new DynamoDBClient(aws.clientConfig);
    wire = new DynamoDBStreamsClient(aws.clientConfig);
    streams = aws.world.need('streams');
  });
  afterAll(async () => {
    client.destroy();
    wire.destroy();
    await aws.stop();
  });

  const put = (table: string, pk: string, n: string) =>
    client.send(new PutItemCommand({ TableName: table, Item: { pk: { S: pk }, n: { N: n } } }));
  const streamOf = async (name: string, view = 'NEW_AND_OLD_IMAGES') =>
    String((await createTable(aws, name, { StreamSpecification: { StreamViewType: view } })).attributes.StreamArn);
  const namesIn = async (arn: string) =>
    (await streams.read(arn, 'TRIM_HORIZON', 100)).map(({ record }) => record.eventName);

  it('gives records in the shape of Lambda events, on the runtime clock', async () => {
    const arn = await streamOf('shapes');
    await put('shapes', 'a', '1');
    await put('shapes', 'a', '2');
    const [insert, modify] = await streams.read(arn, 'TRIM_HORIZON', 10);
    expect(insert?.record).toEqual({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventName: 'INSERT',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: STARTED_AT_MS / 1000,
        Keys: { pk: { S: 'a' } },
        NewImage: { pk: { S: 'a' }, n: { N: '1' } },
        SequenceNumber: insert?.sequenceNumber,
        SizeBytes: expect.any(Number),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: arn,
    });
    expect(modify?.record).toMatchObject({ eventName: 'MODIFY', dynamodb: { OldImage: { n: { N: '1' } } } });
  });

  it('has no record for a write that changes nothing', async () => {
    const arn = await streamOf('unchanged');
    await put('unchanged', 'a', '1');
    await put('unchanged', 'a', '1');
    await client.send(new DeleteItemCommand({ TableName: 'unchanged', Key: { pk: { S: 'a' } } }));
    expect(await namesIn(arn)).toEqual(['INSERT', 'REMOVE']);
  });

  it('shows only what its view type allows, and still drops writes that change nothing', async () => {
    const arn = await streamOf('keys-only', 'KEYS_ONLY');
    await put('keys-only', 'a', '1');
    await put('keys-only', 'a', '1');
    const records = await streams.read(arn, 'TRIM_HORIZON', 10);
    expect(records).toHaveLength(1);
    const change = records[0]?.record.dynamodb;
    expect(change).toMatchObject({ Keys: { pk: { S: 'a' } }, StreamViewType: 'KEYS_ONLY' });
    expect(change).not.toHaveProperty('NewImage');
  });

  it('wakes its readers after every kind of write, and only after writes to its table', async () => {
    const arn = await streamOf('woken');
    await createTable(aws, 'elsewhere', STREAMED);
    let wakes = 0;
    const unsubscribe = streams.onRecords(arn, () => {
      wakes += 1;
    });
    const wokenBy = async (write: () => Promise<unknown>) => {
      const before = wakes;
      await write();
      await streams.read(arn, 'TRIM_HORIZON', 1);
      return wakes - before;
    };
    const item = (pk: string) => ({ pk: { S: pk } });
    expect(await wokenBy(() => put('woken', 'a', '1'))).toBe(1);
    expect(await wokenBy(() => put('elsewhere', 'a', '1'))).toBe(0);
    const transaction = new TransactWriteItemsCommand({
      TransactItems: [
        { Put: { TableName: 'elsewhere', Item: item('t') } },
        { Put: { Item: item('t'), TableName: 'woken' } },
      ],
    });
    expect(await wokenBy(() => client.send(transaction))).toBe(1);
    const batch = new BatchWriteItemCommand({ RequestItems: { woken: [{ PutRequest: { Item: item('b') } }] } });
    expect(await wokenBy(() => client.send(batch))).toBe(1);
    const statement = new ExecuteStatementCommand({ Statement: `INSERT INTO "woken" VALUE {'pk': 'p'}` });
    expect(await wokenBy(() => client.send(statement))).toBe(1);
    unsubscribe();
    expect(await wokenBy(() => put('woken', 'z', '1'))).toBe(0);
  });

  it('reads on after a record, and starts at the newest where asked', async () => {
    const arn = await streamOf('positions');
    for (const n of ['1', '2', '3']) await put('positions', n, n);
    const [first] = await streams.read(arn, 'TRIM_HORIZON', 1);
    const rest = await streams.read(arn, { sequence: first?.sequenceNumber ?? '' }, 10);
    expect(rest.map(({ record }) => record.dynamodb)).toMatchObject([
      { Keys: { pk: { S: '2' } } },
      { Keys: { pk: { S: '3' } } },
    ]);
  });

  it('loses records after 24 hours', async () => {
    const arn = await streamOf('trimmed');
    await put('trimmed', 'old', '1');
    expect(await namesIn(arn)).toHaveLength(1);
    await aws.advance(23 * HOUR_MS);
    await put('trimmed', 'new', '1');
    expect(await namesIn(arn)).toHaveLength(2);
    await aws.advance(2 * HOUR_MS);
    expect(await streams.read(arn, 'TRIM_HORIZON', 10)).toMatchObject([
      { record: { dynamodb: { Keys: { pk: { S: 'new' } } } } },
    ]);
  });

  it('answers the Streams API with an open shard and the same records', async () => {
    const arn = await streamOf('wired');
    await put('wired', 'a', '1');
    const { Streams } = await wire.send(new ListStreamsCommand({ TableName: 'wired' }));
    expect(Streams?.map(({ StreamArn }) => StreamArn)).toEqual([arn]);
    const { StreamDescription } = await wire.send(new DescribeStreamCommand({ StreamArn: arn }));
    const [shard] = StreamDescription?.Shards ?? [];
    expect(shard?.SequenceNumberRange?.EndingSequenceNumber).toBeUndefined();
    const shardIteratorOf = async (ShardIteratorType: 'TRIM_HORIZON' | 'LATEST') =>
      (await wire.send(new GetShardIteratorCommand({ StreamArn: arn, ShardId: shard?.ShardId, ShardIteratorType })))
        .ShardIterator;
    const recordsFrom = async (ShardIterator: string | undefined) =>
      (await wire.send(new GetRecordsCommand({ ShardIterator }))).Records ?? [];
    const latest = await shardIteratorOf('LATEST');
    expect(await recordsFrom(latest)).toEqual([]);
    expect(await recordsFrom(await shardIteratorOf('TRIM_HORIZON'))).toMatchObject([{ eventName: 'INSERT' }]);
    await put('wired', 'b', '1');
    expect(await recordsFrom(latest)).toMatchObject([{ dynamodb: { Keys: { pk: { S: 'b' } } } }]);
  });
});
