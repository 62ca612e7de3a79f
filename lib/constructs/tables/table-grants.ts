import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PARKED, UNREADABLE } from '../../../functions/kernel/stores/parking.ts';
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

const PARTITIONS_OF_PARKING = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [PARKED, UNREADABLE] } };

/** Writes rows of parked messages, and no other row: a relay cannot touch what its service holds. */
export const grantParking = (table: Table, fn: ServiceFunction, actions: readonly string[]): void =>
  fn.allow(
    actions.map((action) => `dynamodb:${action}`),
    [table.tableArn],
    { ...IN_A_TRANSACTION, ...PARTITIONS_OF_PARKING },
  );

export const grantReadingParked = (table: Table, fn: ServiceFunction): void =>
  fn.allow(['dynamodb:Query'], [table.tableArn], PARTITIONS_OF_PARKING);

export const grantQueryingIndex = (table: Table, fn: ServiceFunction): void =>
  fn.allow(['dynamodb:Query'], [`${table.tableArn}/index/gsi1`]);

/** `actions` are names of item operations: `PutItem`, `ConditionCheckItem` … */
export const grantCommitting = (table: Table, fn: ServiceFunction, actions: readonly string[]): void =>
  fn.allow(
    actions.map((action) => `dynamodb:${action}`),
    [table.tableArn],
    IN_A_TRANSACTION,
  );
