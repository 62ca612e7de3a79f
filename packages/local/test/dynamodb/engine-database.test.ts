import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createEngineClient, type EngineClient } from '../../src/services/dynamodb/engine/engine-client.ts';
import { type EngineDatabase, openEngineDatabase } from '../../src/services/dynamodb/engine/engine-database.ts';
import { type EngineProcess, startEngineProcess } from '../../src/services/dynamodb/engine/engine-process.ts';
import { createEngineStream } from '../../src/services/dynamodb/engine/engine-stream.ts';

const RECORDS = 1_200;

describe('the file of the engine', () => {
  let folder = '';
  let engine: EngineProcess;
  let client: EngineClient;
  let database: EngineDatabase;
  let streamArn = '';

  const put = (number: number) =>
    client.call('PutItem', { TableName: 'things', Item: { pk: { S: `item-${number}` }, n: { N: String(number) } } });
  const numbersKept = async () =>
    (await createEngineStream(client, streamArn).readNew()).map(({ dynamodb }) =>
      Number(Object(dynamodb).SequenceNumber),
    );

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'engine-database-'));
    const path = join(folder, 'tables.sqlite');
    engine = await startEngineProcess({ path });
    client = createEngineClient(engine.endpoint);
    database = openEngineDatabase(path);
    const { TableDescription } = await client.call('CreateTable', {
      TableName: 'things',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    });
    streamArn = String(Object(TableDescription).LatestStreamArn);
    for (let number = 1; number <= RECORDS; number += 1) await put(number);
  }, 60_000);

  afterAll(async () => {
    client.close();
    database.close();
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('loses old stream records in lots, while the engine writes, and goes on counting', async () => {
    const removed: number[] = [];
    const writes: Promise<unknown>[] = [];
    for (let lot = database.trim('things', String(RECORDS)); lot > 0; lot = database.trim('things', String(RECORDS))) {
      removed.push(lot);
      writes.push(put(RECORDS + removed.length));
    }
    await Promise.all(writes);
    expect(removed).toEqual([500, 500, 199]);
    expect(await numbersKept()).toEqual([RECORDS, RECORDS + 1, RECORDS + 2, RECORDS + 3]);
    expect(database.trim('other', '5')).toBe(0);
  });
});
