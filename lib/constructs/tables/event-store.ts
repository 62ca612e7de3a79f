import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { tableName } from '../../config/names.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { Owner } from '../owner.ts';
import { createTable } from './table.ts';
import { grantChecking, grantPutting, grantReading } from './table-grants.ts';

/**
 * An append-only table of streams. No role may update or delete, and each may put into its own partitions only. IAM can
 * demand no condition of a put, though: one could replace an event. The store's own condition prevents it, and a replaced
 * or removed event sets off an alarm (EventProjection).
 */
export class EventStore extends Construct {
  /** Literal, so that it may stand in an environment. */
  readonly tableName: string;
  readonly table: Table;

  constructor(scope: Construct, id: string, { owner }: { readonly owner: Owner }) {
    super(scope, id);
    this.tableName = tableName(owner.stage.prefix, owner.service, 'events');
    this.table = createTable(this, 'Table', owner, { tableName: this.tableName, indexed: false, streamed: true });
  }

  /** Loads streams. */
  grantLoad(fn: ServiceFunction): void {
    grantReading(this.table, fn, ['Query']);
  }

  /** Loads every stream there is, for checks and rebuilds. */
  grantLoadAll(fn: ServiceFunction): void {
    grantReading(this.table, fn, ['Query', 'Scan']);
  }

  /** Reads an event by its key, and nothing else. */
  grantReadEvent(fn: ServiceFunction): void {
    grantReading(this.table, fn, ['GetItem'], ['STREAM#*']);
  }

  /** Reads the answer that is kept for an Idempotency-Key. */
  grantReplay(fn: ServiceFunction): void {
    grantReading(this.table, fn, ['GetItem']);
  }

  /** Loads streams and appends to them, with rows of `others` in the same commit. Partitions as in `grantPutting`. */
  grantAppend(fn: ServiceFunction, others: readonly string[] = []): void {
    this.grantLoad(fn);
    grantPutting(this.table, fn, ['STREAM#*', ...others]);
    grantChecking(this.table, fn);
  }
}
