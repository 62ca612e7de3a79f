import type { JsonObject } from '../../src/core/json.ts';
import { createDynamoDbService } from '../../src/services/dynamodb/service.ts';
import { type EmulatedAws, emulateAws } from '../../src/testing/emulated-aws.ts';

export const emulateDynamoDb = () => emulateAws((world) => [createDynamoDbService(world)]);

/** A table keyed by the text `pk`, as a template would create it. */
export const createTable = (aws: EmulatedAws, name: string, properties: JsonObject = {}) =>
  aws.create('AWS::DynamoDB::Table', name, {
    TableName: name,
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
    ...properties,
  });

export const STREAMED = { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } };
