import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Owner } from '../owner.ts';

const key = (name: string) => ({ name, type: AttributeType.STRING });

export interface TableShape {
  readonly tableName: string;
  /** Adds `gsi1` over `gsi1pk` and `gsi1sk`. */
  readonly indexed: boolean;
  /** Adds `gsi2` over `gsi2pk` and `gsi2sk`, which holds keys only. */
  readonly listed?: boolean;
  /** Whether a stream carries its changes to a relay or a projection. */
  readonly streamed: boolean;
  /** Whether the stage's backups take it in; true unless said. */
  readonly isBackedUp?: boolean;
}

/** A table as the kernel's `Table` port expects it: generic keys, expiry in `expiresAt`, billed by request. */
export const createTable = (scope: Construct, id: string, { stage }: Owner, shape: TableShape): Table => {
  const table = new Table(scope, id, {
    tableName: shape.tableName,
    partitionKey: key('pk'),
    sortKey: key('sk'),
    billingMode: BillingMode.PAY_PER_REQUEST,
    encryption: TableEncryption.AWS_MANAGED,
    timeToLiveAttribute: 'expiresAt',
    removalPolicy: stage.data.removalPolicy,
    deletionProtection: stage.data.deletionProtection,
    pointInTimeRecoverySpecification: {
      pointInTimeRecoveryEnabled: stage.data.pointInTimeRecovery && (shape.isBackedUp ?? true),
    },
    ...(shape.streamed ? { stream: StreamViewType.NEW_AND_OLD_IMAGES } : {}),
  });
  if (shape.indexed) {
    table.addGlobalSecondaryIndex({ indexName: 'gsi1', partitionKey: key('gsi1pk'), sortKey: key('gsi1sk') });
  }
  if (shape.listed) {
    table.addGlobalSecondaryIndex({
      indexName: 'gsi2',
      partitionKey: key('gsi2pk'),
      sortKey: key('gsi2sk'),
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }
  return table;
};
