import {
  type AttributeDefinition,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  type KeySchemaElement,
  ListTablesCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';

const BASELINE = 'baseline-';

export const baselineName = (table: string): string => `${BASELINE}${table}`;

/**
 * Tables of the same shape and content for the baseline: with the system's own, what the baseline writes would wake the
 * system's streams, and each would measure the other's work.
 */
export const copyTables = async (endpoint: string): Promise<readonly string[]> => {
  const client = new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  });
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  for (const TableName of TableNames) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const keys: KeySchemaElement[] = Table?.KeySchema ?? [];
    const definitions: AttributeDefinition[] = Table?.AttributeDefinitions ?? [];
    const indexes = (Table?.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema, Projection }) => ({
      IndexName,
      KeySchema,
      Projection,
    }));
    await client.send(
      new CreateTableCommand({
        TableName: baselineName(TableName),
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: keys,
        AttributeDefinitions: definitions,
        ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
      }),
    );
    const { Items = [] } = await client.send(new ScanCommand({ TableName }));
    for (const Item of Items) await client.send(new PutItemCommand({ TableName: baselineName(TableName), Item }));
  }
  client.destroy();
  return TableNames;
};
