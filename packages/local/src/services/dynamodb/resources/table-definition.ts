import { isObject, type Json, type JsonObject } from '../../../core/json.ts';

/** CloudFormation takes numbers as text; the engine does not. */
const throughputOf = (value: Json | undefined): JsonObject | undefined =>
  isObject(value)
    ? { ReadCapacityUnits: Number(value.ReadCapacityUnits), WriteCapacityUnits: Number(value.WriteCapacityUnits) }
    : undefined;

const globalIndexOf = (index: JsonObject, provisioned: boolean): JsonObject => {
  const throughput = provisioned ? throughputOf(index.ProvisionedThroughput) : undefined;
  return {
    IndexName: index.IndexName ?? '',
    KeySchema: index.KeySchema ?? [],
    Projection: index.Projection ?? { ProjectionType: 'ALL' },
    ...(throughput && { ProvisionedThroughput: throughput }),
  };
};

const objectsIn = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/**
 * The CreateTable input for the properties of an `AWS::DynamoDB::Table` or `AWS::DynamoDB::GlobalTable`. A global table
 * states capacity for each replica, which has no place here: it becomes on demand.
 */
export const createTableInput = (name: string, properties: JsonObject): JsonObject => {
  const throughput = throughputOf(properties.ProvisionedThroughput);
  const provisioned = properties.BillingMode !== 'PAY_PER_REQUEST' && throughput !== undefined;
  const globalIndexes = objectsIn(properties.GlobalSecondaryIndexes);
  const localIndexes = objectsIn(properties.LocalSecondaryIndexes);
  const stream = properties.StreamSpecification;
  return {
    TableName: name,
    KeySchema: properties.KeySchema ?? [],
    AttributeDefinitions: properties.AttributeDefinitions ?? [],
    ...(provisioned
      ? { BillingMode: 'PROVISIONED', ProvisionedThroughput: throughput }
      : { BillingMode: 'PAY_PER_REQUEST' }),
    ...(globalIndexes.length > 0 && {
      GlobalSecondaryIndexes: globalIndexes.map((index) => globalIndexOf(index, provisioned)),
    }),
    ...(localIndexes.length > 0 && { LocalSecondaryIndexes: localIndexes }),
    ...(isObject(stream) && {
      StreamSpecification: { StreamEnabled: true, StreamViewType: stream.StreamViewType ?? 'NEW_AND_OLD_IMAGES' },
    }),
  };
};

/** The attribute that holds expiry, when the properties turn time to live on. */
export const expiryAttributeOf = ({ TimeToLiveSpecification: specification }: JsonObject): string | undefined =>
  isObject(specification) && String(specification.Enabled) === 'true' && typeof specification.AttributeName === 'string'
    ? specification.AttributeName
    : undefined;

const THROUGHPUT = ['BillingMode', 'ProvisionedThroughput'];

/** Everything of a CreateTable input that a table which exists cannot take over. */
const fixedPartOf = (input: JsonObject): string =>
  JSON.stringify(input, (key, value) => (THROUGHPUT.includes(key) ? undefined : value));

/** Whether two templates describe the same keys, indexes and stream. */
export const isSameTable = (a: JsonObject, b: JsonObject): boolean => fixedPartOf(a) === fixedPartOf(b);

const shapeOf = (description: JsonObject) =>
  JSON.stringify({
    keys: objectsIn(description.KeySchema).map(({ AttributeName, KeyType }) => `${KeyType} ${AttributeName}`),
    indexes: [...objectsIn(description.GlobalSecondaryIndexes), ...objectsIn(description.LocalSecondaryIndexes)]
      .map(({ IndexName }) => String(IndexName))
      .sort(),
    stream: isObject(description.StreamSpecification) && description.StreamSpecification.StreamEnabled === true,
  });

/** Whether a table described by the engine has the keys, indexes and stream that a CreateTable input asks for. */
export const hasShapeOf = (description: JsonObject, input: JsonObject): boolean =>
  shapeOf(description) === shapeOf(input);
