import { AwsError } from '../../../core/aws-call.ts';
import type { Resource, ResourceType } from '../../../core/emulated-service.ts';
import { isObject, type JsonObject } from '../../../core/json.ts';
import { physicalName } from '../../../core/physical-name.ts';
import { StartError } from '../../../core/start-error.ts';
import type { World } from '../../../core/world.ts';
import { tableIdentity } from '../state/table-registry.ts';
import { createTableInput, expiryAttributeOf, hasShapeOf, isSameTable } from './table-definition.ts';

const BACKUPS = 'there are no backups here; `--keep` keeps tables on disk';
const ENCRYPTION = 'data stays on this machine, unencrypted';
const DELETION = 'tables live as long as the session, or as the folder of `--keep`';
const CAPACITY = 'capacity is not limited here';
const INSIGHTS = 'nothing is measured here';
const PERMISSIONS = 'permissions of resource policies are not enforced here';

const HONOURED = [
  'TableName',
  'KeySchema',
  'AttributeDefinitions',
  'BillingMode',
  'GlobalSecondaryIndexes.IndexName',
  'GlobalSecondaryIndexes.KeySchema',
  'GlobalSecondaryIndexes.Projection',
  'LocalSecondaryIndexes',
  'StreamSpecification.StreamViewType',
  'TimeToLiveSpecification',
];

const NOT_EMULATED = {
  PointInTimeRecoverySpecification: BACKUPS,
  SSESpecification: ENCRYPTION,
  DeletionProtectionEnabled: DELETION,
  Tags: 'tags have no effect here',
  ContributorInsightsSpecification: INSIGHTS,
  KinesisStreamSpecification: 'there is no Kinesis here',
  TableClass: CAPACITY,
  OnDemandThroughput: CAPACITY,
  WarmThroughput: CAPACITY,
  ResourcePolicy: PERMISSIONS,
  'StreamSpecification.ResourcePolicy': PERMISSIONS,
  'GlobalSecondaryIndexes.ContributorInsightsSpecification': INSIGHTS,
  'GlobalSecondaryIndexes.OnDemandThroughput': CAPACITY,
  'GlobalSecondaryIndexes.WarmThroughput': CAPACITY,
};

const REPLICAS = 'there is one region here, so one replica';

export interface TableStore {
  /** Runs a table operation as a call would, with the names AWS would show. */
  run(operation: string, input: JsonObject): Promise<JsonObject>;
  /** A table of a template exists; `kept` = it was there before. */
  ready(name: string, kept: boolean): Promise<void>;
}

const nameOf = (resource: Resource): string => {
  const name = resource.properties.TableName;
  return typeof name === 'string' ? name : physicalName(resource);
};

const find = async (store: TableStore, name: string): Promise<JsonObject | undefined> => {
  try {
    const { Table: description } = await store.run('DescribeTable', { TableName: name });
    return isObject(description) ? description : undefined;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
};

const setExpiry = (store: TableStore, name: string, attribute: string, enabled: boolean) =>
  store.run('UpdateTimeToLive', {
    TableName: name,
    TimeToLiveSpecification: { AttributeName: attribute, Enabled: enabled },
  });

const create = async (store: TableStore, resource: Resource) => {
  const name = nameOf(resource);
  const input = createTableInput(name, resource.properties);
  const existing = await find(store, name);
  if (existing && !hasShapeOf(existing, input)) {
    throw new StartError(
      `table ${name} was kept from an earlier run with other keys, indexes or stream`,
      `${resource.stack}/${resource.logicalId}`,
      'delete the folder of `--keep`, or start without it',
    );
  }
  if (!existing) await store.run('CreateTable', input);
  const attribute = expiryAttributeOf(resource.properties);
  if (attribute !== undefined) await setExpiry(store, name, attribute, true);
  await store.ready(name, existing !== undefined);
};

const update = async (store: TableStore, resource: Resource, before: Resource): Promise<boolean> => {
  const name = nameOf(resource);
  const [now, earlier] = [resource, before].map(({ properties }) => createTableInput(name, properties));
  if (!now || !earlier || !isSameTable(now, earlier)) throw new Error('its keys, indexes or stream changed');
  const [attribute, earlierAttribute] = [resource, before].map(({ properties }) => expiryAttributeOf(properties));
  if (attribute === earlierAttribute) return false;
  if (earlierAttribute !== undefined) await setExpiry(store, name, earlierAttribute, false);
  if (attribute !== undefined) await setExpiry(store, name, attribute, true);
  return true;
};

export const tableResourceTypes = (world: World, store: TableStore): readonly ResourceType[] => {
  const identify = (resource: Resource) => {
    const name = nameOf(resource);
    const { arn, id, streamArn } = tableIdentity(world, name);
    const hasStream = isObject(resource.properties.StreamSpecification);
    return { ref: name, attributes: { Arn: arn, TableId: id, ...(hasStream && { StreamArn: streamArn }) } };
  };
  const both = {
    identify,
    create: (resource: Resource) => create(store, resource),
    update: (resource: Resource, before: Resource) => update(store, resource, before),
  };
  return [
    {
      ...both,
      type: 'AWS::DynamoDB::Table',
      honoured: [...HONOURED, 'ProvisionedThroughput', 'GlobalSecondaryIndexes.ProvisionedThroughput'],
      notEmulated: { ...NOT_EMULATED, ImportSourceSpecification: 'tables start empty here' },
    },
    {
      ...both,
      type: 'AWS::DynamoDB::GlobalTable',
      honoured: HONOURED,
      notEmulated: {
        ...NOT_EMULATED,
        Replicas: REPLICAS,
        MultiRegionConsistency: REPLICAS,
        GlobalTableWitnesses: REPLICAS,
        WriteProvisionedThroughputSettings: CAPACITY,
        WriteOnDemandThroughputSettings: CAPACITY,
        ReadProvisionedThroughputSettings: CAPACITY,
        ReadOnDemandThroughputSettings: CAPACITY,
        'GlobalSecondaryIndexes.WriteProvisionedThroughputSettings': CAPACITY,
        'GlobalSecondaryIndexes.WriteOnDemandThroughputSettings': CAPACITY,
        'GlobalSecondaryIndexes.ReadProvisionedThroughputSettings': CAPACITY,
        'GlobalSecondaryIndexes.ReadOnDemandThroughputSettings': CAPACITY,
      },
    },
  ];
};
