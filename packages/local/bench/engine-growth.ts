import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngineClient } from '../src/services/dynamodb/engine/engine-client.ts';
import { openEngineDatabase } from '../src/services/dynamodb/engine/engine-database.ts';
import { startEngineProcess } from '../src/services/dynamodb/engine/engine-process.ts';

/**
 * `npm run bench:engine`: what a transaction of three puts costs the engine after many writes, against the second batch
 * of the same run, with the indexes and without them. Exits with 1 when the bar is missed.
 */
const BATCHES = 10;
const TRANSACTIONS = 750;
const BAR = 1.5;

const TABLE = {
  TableName: 'orders',
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  BillingMode: 'PAY_PER_REQUEST',
  StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
};

const transaction = (number: number) => ({
  TransactItems: [0, 1, 2].map((part) => ({
    Put: { TableName: TABLE.TableName, Item: { pk: { S: `${number}-${part}` }, text: { S: 'x'.repeat(300) } } },
  })),
});

/** Milliseconds a transaction, batch by batch. */
const measure = async (indexed: boolean): Promise<readonly number[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'engine-growth-'));
  const path = join(folder, 'tables.sqlite');
  const engine = await startEngineProcess({ path });
  const database = indexed ? openEngineDatabase(path) : undefined;
  const client = createEngineClient(engine.endpoint);
  try {
    await client.call('CreateTable', TABLE);
    const batches: number[] = [];
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const began = performance.now();
      for (let n = 0; n < TRANSACTIONS; n += 1)
        await client.call('TransactWriteItems', transaction(batch * TRANSACTIONS + n));
      batches.push((performance.now() - began) / TRANSACTIONS);
    }
    return batches;
  } finally {
    client.close();
    database?.close();
    await engine.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

const growth = (batches: readonly number[]): number => (batches.at(-1) ?? 0) / (batches[1] ?? 1);

const report = (name: string, batches: readonly number[]): void =>
  console.log(
    `${name.padEnd(16)} ${batches.map((ms) => ms.toFixed(2).padStart(6)).join('')}  last to second: ${growth(batches).toFixed(2)} x`,
  );

console.log(`milliseconds for a transaction of three puts, in batches of ${TRANSACTIONS}`);
const without = await measure(false);
report('without indexes', without);
const indexed = await measure(true);
report('with indexes', indexed);
process.exitCode = growth(indexed) <= BAR ? 0 : 1;
