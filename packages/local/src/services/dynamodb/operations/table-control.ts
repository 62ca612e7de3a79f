import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { STREAM_LABEL, type StreamView, type TableRegistry, tableIdentity } from '../state/table-registry.ts';

/** Operations on a table as such: rare, so they can afford to be read and reworded. */
export const CONTROL_OPERATIONS = ['CreateTable', 'DescribeTable', 'UpdateTable', 'DeleteTable', 'UpdateTimeToLive'];

const isView = (value: Json | undefined): value is StreamView =>
  value === 'NEW_AND_OLD_IMAGES' || value === 'NEW_IMAGE' || value === 'OLD_IMAGE' || value === 'KEYS_ONLY';

/** The engine always keeps both images: without them a write that changes nothing cannot be distinguished from one that does. */
const withBothImages = (input: JsonObject): JsonObject => {
  const stream = input.StreamSpecification;
  if (!isObject(stream) || stream.StreamEnabled !== true) return input;
  return { ...input, StreamSpecification: { ...stream, StreamViewType: 'NEW_AND_OLD_IMAGES' } };
};

const withArns = (indexes: Json | undefined, tableArn: string): Json | undefined =>
  Array.isArray(indexes)
    ? indexes.map((index: Json) =>
        isObject(index) ? { ...index, IndexArn: `${tableArn}/index/${index.IndexName}` } : index,
      )
    : indexes;

const keyNamesIn = ({ KeySchema: schema }: JsonObject): readonly string[] =>
  (Array.isArray(schema) ? schema : []).filter(isObject).map(({ AttributeName }) => String(AttributeName));

const objectsIn = (value: Json | undefined): readonly JsonObject[] =>
  (Array.isArray(value) ? value : []).filter(isObject);

const indexKeysIn = ({ GlobalSecondaryIndexes: global, LocalSecondaryIndexes: local }: JsonObject) =>
  Object.fromEntries(
    [...objectsIn(global), ...objectsIn(local)].map((index) => [String(index.IndexName), keyNamesIn(index)[0] ?? '']),
  );

export interface TableControl {
  /** Runs an operation on a table as such, keeps the registry true, and answers with the names AWS would show. */
  run(operation: string, input: JsonObject): Promise<JsonObject>;
}

export const createTableControl = (world: World, engine: EngineClient, tables: TableRegistry): TableControl => {
  const learn = (description: JsonObject, wanted: Json | undefined) => {
    const name = String(description.TableName);
    const known = tables.find(name);
    const engineArn = description.LatestStreamArn;
    const asked = isObject(wanted) && isView(wanted.StreamViewType) ? wanted.StreamViewType : undefined;
    const view = asked ?? known?.stream?.view ?? 'NEW_AND_OLD_IMAGES';
    const stream = { arn: tableIdentity(world, name).streamArn, label: STREAM_LABEL, view };
    tables.put({
      name,
      keyNames: keyNamesIn(description),
      indexKeys: indexKeysIn(description),
      ...(typeof engineArn === 'string' && { stream: { ...stream, engineArn } }),
      ...(known?.expiryAttribute !== undefined && { expiryAttribute: known.expiryAttribute }),
    });
  };

  const asAws = (description: JsonObject): JsonObject => {
    const name = String(description.TableName);
    const { arn, id } = tableIdentity(world, name);
    const stream = tables.find(name)?.stream;
    const indexes = {
      GlobalSecondaryIndexes: withArns(description.GlobalSecondaryIndexes, arn),
      LocalSecondaryIndexes: withArns(description.LocalSecondaryIndexes, arn),
    };
    return {
      ...description,
      TableArn: arn,
      TableId: id,
      ...(indexes.GlobalSecondaryIndexes && { GlobalSecondaryIndexes: indexes.GlobalSecondaryIndexes }),
      ...(indexes.LocalSecondaryIndexes && { LocalSecondaryIndexes: indexes.LocalSecondaryIndexes }),
      ...(stream && {
        LatestStreamArn: stream.arn,
        LatestStreamLabel: stream.label,
        StreamSpecification: { StreamEnabled: true, StreamViewType: stream.view },
      }),
    };
  };

  const rememberExpiry = (input: JsonObject) => {
    const name = String(input.TableName);
    const { expiryAttribute: _, ...known } = tables.find(name) ?? { name };
    const wanted = input.TimeToLiveSpecification;
    const enabled = isObject(wanted) && wanted.Enabled === true;
    tables.put(enabled ? { ...known, expiryAttribute: String(wanted.AttributeName) } : known);
  };

  const run = async (operation: string, input: JsonObject): Promise<JsonObject> => {
    const output = await engine.call(operation, withBothImages(input));
    if (operation === 'UpdateTimeToLive') rememberExpiry(input);
    const member = operation === 'DescribeTable' ? 'Table' : 'TableDescription';
    const description = output[member];
    if (!isObject(description)) return output;
    learn(description, input.StreamSpecification);
    const shown = { ...output, [member]: asAws(description) };
    if (operation === 'DeleteTable') tables.remove(String(description.TableName));
    return shown;
  };

  return { run };
};
