import { AwsError } from '../../../core/aws-call.ts';
import { isObject, type JsonObject } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import type { StreamTails } from './stream-tail.ts';
import type { Table, TableRegistry } from './table-registry.ts';

/** AWS promises deletion within days; readers must check expiry themselves. Short enough here to be seen. */
const SWEEP_EVERY_MS = 5 * 60_000;

/** AWS leaves items alone that expired more than five years ago: the value is taken for a mistake. */
const TOO_OLD_SECONDS = 5 * 365 * 24 * 60 * 60;

const keyNamesOf = async (engine: EngineClient, tableName: string): Promise<readonly string[]> => {
  const { Table: description } = await engine.call('DescribeTable', { TableName: tableName });
  const schema = isObject(description) ? description.KeySchema : undefined;
  return Array.isArray(schema) ? schema.filter(isObject).map(({ AttributeName }) => String(AttributeName)) : [];
};

const expiredItems = async (
  engine: EngineClient,
  tableName: string,
  attribute: string,
  nowMs: number,
): Promise<readonly JsonObject[]> => {
  const nowSeconds = Math.floor(nowMs / 1000);
  const items: JsonObject[] = [];
  let start: JsonObject | undefined;
  do {
    const page = await engine.call('Scan', {
      TableName: tableName,
      FilterExpression: 'attribute_type(#expiry, :number) AND #expiry < :now AND #expiry > :tooOld',
      ExpressionAttributeNames: { '#expiry': attribute },
      ExpressionAttributeValues: {
        ':number': { S: 'N' },
        ':now': { N: String(nowSeconds) },
        ':tooOld': { N: String(nowSeconds - TOO_OLD_SECONDS) },
      },
      ...(start && { ExclusiveStartKey: start }),
    });
    if (Array.isArray(page.Items)) items.push(...page.Items.filter(isObject));
    start = isObject(page.LastEvaluatedKey) ? page.LastEvaluatedKey : undefined;
  } while (start);
  return items;
};

export interface TtlSweep {
  /** From now on a sweep is always planned, as long as some table has an expiry attribute. */
  plan(): void;
  sweepAll(): Promise<void>;
}

/** Deletes expired items as AWS's background process does: with a stream record that names the service. */
export const createTtlSweep = (
  world: World,
  engine: () => EngineClient,
  tables: TableRegistry,
  tails: StreamTails,
): TtlSweep => {
  let planned = false;

  const remove = async (table: Table, attribute: string, item: JsonObject, keyNames: readonly string[]) => {
    const withdraw = tails.expectExpiry(table, item);
    try {
      await engine().call('DeleteItem', {
        TableName: table.name,
        Key: Object.fromEntries(keyNames.map((name) => [name, item[name] ?? null])),
        ConditionExpression: '#expiry = :seen',
        ExpressionAttributeNames: { '#expiry': attribute },
        ExpressionAttributeValues: { ':seen': item[attribute] ?? null },
      });
    } catch (error) {
      withdraw();
      if (!(error instanceof AwsError && error.code === 'ConditionalCheckFailedException')) throw error;
    }
  };

  const sweep = async (table: Table, attribute: string) => {
    const items = await expiredItems(engine(), table.name, attribute, world.clock.now());
    if (items.length === 0) return;
    const keyNames = await keyNamesOf(engine(), table.name);
    for (const item of items) await remove(table, attribute, item, keyNames);
    tails.written([table.name]);
  };

  const sweepAll = async () => {
    for (const table of tables.all())
      if (table.expiryAttribute !== undefined) await sweep(table, table.expiryAttribute);
  };

  const plan = () => {
    if (planned || !tables.all().some(({ expiryAttribute }) => expiryAttribute !== undefined)) return;
    planned = true;
    const dueAtMs = world.clock.now() + SWEEP_EVERY_MS;
    world.agenda.schedule({ dueAtMs, kind: 'planned', what: 'delete expired items', subject: 'dynamodb' }, async () => {
      planned = false;
      try {
        await sweepAll();
      } finally {
        plan();
      }
    });
  };

  return { plan, sweepAll };
};
