import { startEngine } from '@archipelago/local/testing';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoTable, createTableScan } from '../../functions/adapters/aws/dynamo-table.ts';
import { createMemoryTable } from '../../functions/kernel/stores/memory-table.ts';
import type { Scan } from '../../functions/kernel/stores/scan.ts';
import type { Table } from '../../functions/kernel/stores/table.ts';
import { scanOf } from './memory-scan.ts';
import { tableDefinition } from './table-definition.ts';

/** Items that a scan reads for a page. */
const PAGE = 7;

/** One implementation of the Table port: `open` gives a new, empty table each time. */
export interface TableProvider {
  open(): Promise<Table & { readonly scan: Scan }>;
  close(): Promise<void>;
}

const memory = async (): Promise<TableProvider> => ({
  open: async () => {
    const table = createMemoryTable();
    return { ...table, scan: scanOf(table, PAGE) };
  },
  close: async () => {},
});

const dynamodb = async (): Promise<TableProvider> => {
  const engine = await startEngine();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'us-east-1', credentials });
  let opened = 0;
  return {
    open: async () => {
      opened += 1;
      const tableName = `table-${opened}`;
      await engine.createTable(tableDefinition(tableName));
      const scan = createTableScan({ tableName, client, pageSize: PAGE });
      return { ...createDynamoTable({ tableName, client }), scan };
    },
    close: async () => {
      client.destroy();
      await engine.stop();
    },
  };
};

/**
 * For `describe.each`: every contract of the port is checked on both. A mutation run, which repeats them for each mutant,
 * takes the fast one alone.
 */
export const tableProviders: readonly (readonly [string, () => Promise<TableProvider>])[] = [
  ['in memory', memory],
  ...(process.env.TABLES === 'memory' ? [] : [['in DynamoDB', dynamodb] as const]),
];
