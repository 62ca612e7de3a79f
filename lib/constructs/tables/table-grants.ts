import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { ServiceFunction } from '../functions/service-function.ts';

/** There is no permission for TransactWriteItems; this condition takes each write's permission outside of one away. */
const IN_A_TRANSACTION = {
  'ForAnyValue:StringEquals': { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] },
};

/** `actions` as for `grantCommitting`. */
export const grantReading = (table: Table, fn: ServiceFunction, actions: readonly string[]): void =>
  fn.allow(
    actions.map((action) => `dynamodb:${action}`),
    [table.tableArn],
  );

export const grantQueryingIndex = (table: Table, fn: ServiceFunction): void =>
  fn.allow(['dynamodb:Query'], [`${table.tableArn}/index/gsi1`]);

/** `actions` are names of item operations: `PutItem`, `ConditionCheckItem` … */
export const grantCommitting = (table: Table, fn: ServiceFunction, actions: readonly string[]): void =>
  fn.allow(
    actions.map((action) => `dynamodb:${action}`),
    [table.tableArn],
    IN_A_TRANSACTION,
  );
