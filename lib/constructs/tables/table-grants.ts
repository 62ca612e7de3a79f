import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { CURSOR_KEYS } from '../../../functions/kernel/stores/cursor-keys.ts';
import { PARKED, UNREADABLE } from '../../../functions/kernel/stores/parking.ts';
import type { Index } from '../../../functions/kernel/stores/table.ts';
import type { ServiceFunction } from '../functions/service-function.ts';

/** There is no permission for TransactWriteItems; this condition takes a write's permission outside of one away. */
const IN_A_TRANSACTION = {
  'ForAnyValue:StringEquals': { 'dynamodb:EnclosingOperation': ['TransactWriteItems'] },
};

/** Partitions are named by their keys; one that ends in `*` is all that begin so. */
const within = (partitions: readonly string[]) => ({
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': partitions },
});

/** `actions` are names of item operations: `GetItem`, `Query` … */
export const grantReading = (
  table: Table,
  fn: ServiceFunction,
  actions: readonly string[],
  partitions?: readonly string[],
): void =>
  fn.allow(
    actions.map((action) => `dynamodb:${action}`),
    [table.tableArn],
    ...(partitions ? [within(partitions)] : []),
  );

const PARTITIONS_OF_PARKING = within([PARKED, UNREADABLE]);

/** Writes rows of parked messages, and no other row: a relay cannot touch what its service holds. */
export const grantParking = (table: Table, fn: ServiceFunction, actions: readonly string[]): void =>
  fn.allow(
    actions.map((action) => `dynamodb:${action}`),
    [table.tableArn],
    PARTITIONS_OF_PARKING,
  );

export const grantReadingParked = (table: Table, fn: ServiceFunction): void =>
  fn.allow(['dynamodb:Query'], [table.tableArn], PARTITIONS_OF_PARKING);

/** Reads the whole table for what leaves: LeadingKeys cannot confine a scan. */
export const grantCatchingUp = (table: Table, fn: ServiceFunction): void =>
  fn.allow(['dynamodb:Scan'], [table.tableArn]);

export const grantQueryingIndex = (table: Table, fn: ServiceFunction, index: Index): void =>
  fn.allow(['dynamodb:Query'], [`${table.tableArn}/index/${index}`]);

/**
 * Where functions of earlier releases write the messages that leave and those that were handled. Such functions run beside
 * this release while it rolls out, under the same roles.
 */
const EARLIER_PARTITIONS = ['OUTBOX#*', 'INBOX#*'];

/**
 * Inserts and replaces rows of these partitions, alone or in a transaction. IAM cannot demand the condition of a write: a
 * role that may insert could replace as well.
 */
export const grantPutting = (table: Table, fn: ServiceFunction, partitions: readonly string[]): void =>
  fn.allow(['dynamodb:PutItem'], [table.tableArn], within([...partitions, ...EARLIER_PARTITIONS]));

/** Whatever has a role that statements can be added to. */
type Grantee = Pick<ServiceFunction, 'allow'>;

/** Reads and makes the keys that cursors are signed with, and touches no other row. */
export const grantKeepingCursorKeys = (table: Table, grantee: Grantee): void =>
  grantee.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], [table.tableArn], within([`${CURSOR_KEYS}*`]));

/** Deletes rows of these partitions, alone or in a transaction. */
export const grantDeleting = (table: Table, fn: ServiceFunction, partitions: readonly string[]): void =>
  fn.allow(['dynamodb:DeleteItem'], [table.tableArn], within(partitions));

/** What is only ever done together with other writes. `actions` are names of item operations: `UpdateItem` … */
export const grantCommitting = (table: Table, fn: ServiceFunction, actions: readonly string[]): void =>
  fn.allow(
    actions.map((action) => `dynamodb:${action}`),
    [table.tableArn],
    IN_A_TRANSACTION,
  );

/** Exists in transactions alone and writes nothing. */
export const grantChecking = (table: Table, fn: ServiceFunction): void =>
  fn.allow(['dynamodb:ConditionCheckItem'], [table.tableArn]);
