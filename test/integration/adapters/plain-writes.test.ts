import { startEngine } from '@archipelago/local/testing';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createDynamoTable } from '../../../functions/adapters/aws/dynamo-table.ts';
import type { Table, Write } from '../../../functions/kernel/stores/table.ts';
import { contend } from '../../support/contended-client.ts';
import { loseReplies } from '../../support/lost-replies.ts';
import { tableDefinition } from '../../support/table-definition.ts';

describe('a commit of one row', () => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  let engine: Awaited<ReturnType<typeof startEngine>>;
  let client: DynamoDBClient;
  let table: Table;
  let others: Table;
  let operations: string[];
  let opened = 0;
  const connect = () =>
    new DynamoDBClient({ endpoint: engine.endpoint, region: 'us-east-1', credentials, maxAttempts: 3 });
  beforeAll(async () => {
    engine = await startEngine();
  });
  beforeEach(async () => {
    opened += 1;
    const tableName = `table-${opened}`;
    await engine.createTable(tableDefinition(tableName));
    client = connect();
    operations = [];
    client.middlewareStack.add(
      (next, { commandName }) =>
        async (call) => {
          operations.push(String(commandName));
          return await next(call);
        },
      { step: 'deserialize' },
    );
    table = createDynamoTable({ tableName, client });
    others = createDynamoTable({ tableName, client: connect() });
  });
  afterAll(() => engine.stop());

  const key = { pk: 'p', sk: 'a' };
  const insert: Write = { kind: 'insert', item: { ...key, n: 1, version: 1 } };
  const put = (version: number): Write => ({
    kind: 'put',
    item: { ...key, version: version + 1 },
    expectedVersion: version,
  });
  const read = () => table.get(key, { consistent: true });
  const committed = { kind: 'committed' };
  const unavailable = { refusal: { outcome: 'unavailable' } };

  it('is no transaction, unless it adds or writes nothing', async () => {
    await table.commit([insert]);
    await table.commit([put(1)]);
    await table.commit([{ kind: 'adjust', key, add: { n: 1 } }]);
    await table.commit([{ kind: 'check', key }]);
    await table.commit([{ kind: 'delete', key, expectedVersion: 2 }]);
    expect(operations).toEqual([
      'PutItemCommand',
      'PutItemCommand',
      'TransactWriteItemsCommand',
      'TransactWriteItemsCommand',
      'DeleteItemCommand',
    ]);
  });

  it('has an id of its own, which no reader sees', async () => {
    const idOf = async () => {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: `table-${opened}`, Key: { pk: { S: 'p' }, sk: { S: 'a' } } }),
      );
      return Item?.commitId?.S;
    };
    await table.commit([insert]);
    const first = await idOf();
    expect(await read()).toEqual({ ...key, n: 1, version: 1 });
    await table.commit([put(1)]);
    expect(first).toMatch(/^[\w-]{16}$/);
    expect(await idOf()).not.toBe(first);
  });

  it.each([
    ['insert', insert, undefined],
    ['insert over what has expired', { ...insert, overExpiredBefore: 5 }, { ...key, expiresAt: 5 }],
    ['replacement', put(1), { ...key, version: 1 }],
  ] as const)('is committed though the reply of the %s was lost', async (_what, write, before) => {
    if (before) await others.commit([{ kind: 'insert', item: before }]);
    loseReplies(client, 2);
    expect(await table.commit([write])).toEqual(committed);
    expect(operations).toHaveLength(3);
  });

  it('is refused by the row of another, whatever that holds', async () => {
    await others.commit([insert]);
    expect(await table.commit([insert])).toEqual({ kind: 'refused', refused: [0] });
    expect(await table.commit([put(7)])).toEqual({ kind: 'refused', refused: [0] });
    expect(await table.commit([{ kind: 'delete', key, expectedVersion: 7 }])).toEqual({
      kind: 'refused',
      refused: [0],
    });
  });

  it('is unknown, and never refused, when the reply was lost and another has replaced the row since', async () => {
    await others.commit([insert]);
    loseReplies(client, 1, () => others.commit([put(2)]));
    await expect(table.commit([put(1)])).rejects.toMatchObject(unavailable);
    expect(await read()).toMatchObject({ version: 3 });
  });

  it('is unknown when the reply of a removal was lost and the row is gone', async () => {
    await others.commit([insert]);
    loseReplies(client, 1);
    await expect(table.commit([{ kind: 'delete', key, expectedVersion: 1 }])).rejects.toMatchObject(unavailable);
  });

  it('is tried again when it meets a transaction on the row, which is no refusal', async () => {
    await others.commit([insert]);
    const seen = contend(client, 40);
    const adjust: Write = { kind: 'adjust', key, add: { n: 1 } };
    const results = await Promise.all([table.commit([adjust]), table.commit([put(1)])]);
    expect(results).toEqual([committed, committed]);
    expect(seen.conflicts).toBeGreaterThan(0);
    expect(await read()).toEqual({ ...key, version: 2 });
  });

  it('is unavailable when no reply comes at all', async () => {
    loseReplies(client, 3);
    await expect(table.commit([insert])).rejects.toMatchObject(unavailable);
  });
});
