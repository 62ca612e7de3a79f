import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import type { Index } from '../../../functions/kernel/stores/table.ts';
import { tableName } from '../../config/names.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { Owner } from '../owner.ts';
import { createTable } from './table.ts';
import {
  grantChecking,
  grantCommitting,
  grantDeleting,
  grantKeepingCursorKeys,
  grantPutting,
  grantQueryingIndex,
  grantReading,
} from './table-grants.ts';

export interface ServiceTableProps {
  readonly owner: Owner;
  /** Distinguishes the tables of a service that has several. */
  readonly part?: string;
  readonly indexed?: boolean;
  /** Has `gsi2`. */
  readonly listed?: boolean;
  readonly streamed?: boolean;
}

/** A service's current state, or a view of it. Functions are granted what they do to it, by name. */
export class ServiceTable extends Construct {
  /** Literal, so that it may stand in an environment. */
  readonly tableName: string;
  readonly table: Table;

  constructor(scope: Construct, id: string, { owner, part, ...props }: ServiceTableProps) {
    super(scope, id);
    this.tableName = tableName(owner.stage.prefix, owner.service, part);
    const shape = { tableName: this.tableName, indexed: false, streamed: false, ...props };
    this.table = createTable(this, 'Table', owner, shape);
  }

  /** Reads items by their keys. */
  grantGet(fn: ServiceFunction): void {
    grantReading(this.table, fn, ['GetItem']);
  }

  /** Reads partitions. */
  grantQuery(fn: ServiceFunction): void {
    grantReading(this.table, fn, ['Query']);
  }

  /** Reads the whole table, for checks and rebuilds. */
  grantScan(fn: ServiceFunction): void {
    grantReading(this.table, fn, ['Scan']);
  }

  /** Queries an index. */
  grantReadIndex(fn: ServiceFunction, index: Index = 'gsi1'): void {
    grantQueryingIndex(this.table, fn, index);
  }

  /** Reads an item, and inserts and replaces rows of some partitions: `PAYMENT#*` are all that begin so. */
  grantCommand(fn: ServiceFunction, partitions: readonly string[]): void {
    grantReading(this.table, fn, ['GetItem']);
    grantPutting(this.table, fn, partitions);
  }

  /** Keeps the keys that its lists' cursors are signed with. */
  grantCursorKeys(fn: ServiceFunction): void {
    grantKeepingCursorKeys(this.table, fn);
  }

  /** Commits additions to numbers. */
  grantAdjust(fn: ServiceFunction): void {
    grantCommitting(this.table, fn, ['UpdateItem']);
  }

  /** Commits deletions. */
  grantDelete(fn: ServiceFunction): void {
    grantCommitting(this.table, fn, ['DeleteItem']);
  }

  /** Deletes rows of some partitions, alone too. */
  grantClear(fn: ServiceFunction, partitions: readonly string[]): void {
    grantDeleting(this.table, fn, partitions);
  }

  /** Makes a commit depend on items that it does not write. */
  grantCheck(fn: ServiceFunction): void {
    grantChecking(this.table, fn);
  }
}
