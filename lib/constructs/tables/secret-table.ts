import { Tags } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { SECRETS } from '../../../functions/kernel/stores/secrets.ts';
import { HOLDS_SECRETS, tableName } from '../../config/names.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { Owner } from '../owner.ts';
import { createTable } from './table.ts';
import { grantPutting, grantReading } from './table-grants.ts';

/**
 * Secrets that a service needs for a while, each until it is forgotten or expires. No stream carries them on, and no
 * backup keeps them: what is gone is gone.
 */
export class SecretTable extends Construct {
  /** Literal, so that it may stand in an environment. */
  readonly tableName: string;
  readonly table: Table;

  constructor(scope: Construct, id: string, { owner }: { readonly owner: Owner }) {
    super(scope, id);
    this.tableName = tableName(owner.stage.prefix, owner.service, 'secrets');
    const shape = { tableName: this.tableName, indexed: false, streamed: false, isBackedUp: false };
    this.table = createTable(this, 'Table', owner, shape);
    Tags.of(this.table).add(...HOLDS_SECRETS);
  }

  /** Keeps secrets, and puts empty rows over them. */
  grantPut(fn: ServiceFunction): void {
    grantPutting(this.table, fn, [`${SECRETS}*`]);
  }

  grantRead(fn: ServiceFunction): void {
    grantReading(this.table, fn, ['GetItem']);
  }
}
