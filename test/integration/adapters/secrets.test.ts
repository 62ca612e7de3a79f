import { startEngine } from '@archipelago/local/testing';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createDynamoTable } from '../../../functions/adapters/aws/dynamo-table.ts';
import { forgetSecret, keepSecret, readSecret } from '../../../functions/kernel/stores/secrets.ts';
import { Secret } from '../../../functions/kernel/values/secret.ts';
import { tableDefinition } from '../../support/table-definition.ts';

let engine: Awaited<ReturnType<typeof startEngine>>;
let client: DynamoDBClient;
beforeAll(async () => {
  engine = await startEngine();
  for (const name of ['data', 'secrets']) await engine.createTable(tableDefinition(name));
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'us-east-1', credentials });
});
afterAll(() => engine.stop());

const rowsOf = async (TableName: string) =>
  ((await client.send(new ScanCommand({ TableName }))).Items ?? []).map(({ pk, secret }) => [pk?.S, secret?.S]);

it('lies in a table of its own, committed with what needs it, and leaves an empty row', async () => {
  const table = createDynamoTable({ tableName: 'data', secretTableName: 'secrets', client });
  const order = { kind: 'insert', item: { pk: 'ORDER#1', sk: 'ORDER' } } as const;
  expect((await table.commit([order, keepSecret('1', new Secret('tok'), 9_000)])).kind).toBe('committed');
  expect(await rowsOf('data')).toEqual([['ORDER#1', undefined]]);
  expect(await rowsOf('secrets')).toEqual([['SECRET#1', 'tok']]);
  expect((await table.commit([order, keepSecret('2', new Secret('tok'), 9_000)])).kind).toBe('refused');
  expect(await rowsOf('secrets')).toHaveLength(1);
  expect((await readSecret(table, '1', 0))?.reveal()).toBe('tok');
  await table.commit([forgetSecret('1', 0)]);
  expect(await rowsOf('secrets')).toEqual([['SECRET#1', undefined]]);
  expect(await readSecret(table, '1', 0)).toBeUndefined();
  for (const id of ['1', 'never kept'])
    expect(await table.commit([forgetSecret(id, 0)])).toEqual({ kind: 'refused', refused: [0] });
  expect(await rowsOf('secrets')).toHaveLength(1);
});
