import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type EmulatedAws, STARTED_AT_MS } from '../../src/testing/emulated-aws.ts';
import { createTable, emulateDynamoDb, STREAMED } from './table-fixture.ts';

const STARTED_AT_SECONDS = STARTED_AT_MS / 1000;
const EXPIRING = { TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } };

describe('time to live', () => {
  let aws: EmulatedAws;
  let client: DynamoDBClient;
  beforeEach(async () => {
    aws = await emulateDynamoDb();
    client = new DynamoDBClient(aws.clientConfig);
  });
  afterEach(async () => {
    client.destroy();
    await aws.stop();
  });

  const put = (pk: string, expiresAt: { N: string } | { S: string }) =>
    client.send(new PutItemCommand({ TableName: 'sessions', Item: { pk: { S: pk }, expiresAt } }));
  const remaining = async () => (await aws.world.need('tables').items('sessions')).map(({ pk }) => pk).sort();

  it('deletes what has expired, later, and nothing else', async () => {
    await createTable(aws, 'sessions', EXPIRING);
    await put('soon', { N: String(STARTED_AT_SECONDS + 60) });
    await put('later', { N: String(STARTED_AT_SECONDS + 86_400) });
    await put('text', { S: String(STARTED_AT_SECONDS) });
    await put('mistaken', { N: '20260101' });
    expect(await remaining()).toEqual(['later', 'mistaken', 'soon', 'text']);
    await aws.advance(10 * 60_000);
    expect(await remaining()).toEqual(['later', 'mistaken', 'text']);
  });

  it('names the service in the record of such a deletion', async () => {
    const { attributes } = await createTable(aws, 'sessions', { ...STREAMED, ...EXPIRING });
    await put('soon', { N: String(STARTED_AT_SECONDS + 60) });
    await aws.advance(10 * 60_000);
    const records = await aws.world.need('streams').read(String(attributes.StreamArn), 'TRIM_HORIZON', 10);
    expect(records.map(({ record }) => [record.eventName, record.userIdentity])).toEqual([
      ['INSERT', undefined],
      ['REMOVE', { type: 'Service', principalId: 'dynamodb.amazonaws.com' }],
    ]);
  });

  it('is planned, not owed: a system with only sweeps ahead is quiet', async () => {
    await createTable(aws, 'sessions', EXPIRING);
    const pending = aws.world.agenda.pending();
    expect(pending.map(({ what }) => what)).toContain('delete expired items');
    expect(pending.map(({ kind }) => kind)).not.toContain('pending');
  });
});
