import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Table } from '../../kernel/stores/table.ts';
import { clientSettings } from '../aws/client-settings.ts';
import { createDynamoTable } from '../aws/dynamo-table.ts';
import { createContainerCredentials } from './credentials.ts';

/** The table, read with the credentials of a task's role. */
export const createContainerTable = ({ tableName }: { readonly tableName: string }): Table =>
  createDynamoTable({
    tableName,
    client: new DynamoDBClient({ ...clientSettings, credentials: createContainerCredentials() }),
  });
