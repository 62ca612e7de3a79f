import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '../../../../test/support/eventually.ts';
import type { EmulatedService } from '../../src/core/emulated-service.ts';
import { isObject } from '../../src/core/json.ts';
import { createDynamoDbService } from '../../src/services/dynamodb/service.ts';
import { createLambdaService } from '../../src/services/lambda/service.ts';
import { type EmulatedAws, emulateAws } from '../../src/testing/emulated-aws.ts';
import { createTable, STREAMED } from '../dynamodb/table-fixture.ts';

let aws: EmulatedAws;
let lambda: EmulatedService | undefined;
let client: DynamoDBClient;
beforeAll(async () => {
  aws = await emulateAws((world) => {
    lambda = createLambdaService(world);
    return [createDynamoDbService(world), lambda];
  });
  client = new DynamoDBClient(aws.clientConfig);
});
afterAll(async () => {
  client.destroy();
  await aws.stop();
});

it('a write to a table reaches the function of its stream, in order', async () => {
  const { attributes } = await createTable(aws, 'orders', STREAMED);
  await aws.create('AWS::Lambda::Function', 'Relay', {
    FunctionName: 'relay',
    Code: {
      ZipFile: `exports.handler = async ({ Records }) => {
        for (const { eventSourceARN, dynamodb } of Records) {
          console.log(JSON.stringify({ eventSourceARN, pk: dynamodb.NewImage.pk.S }));
        }
      }`,
    },
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
  });
  await aws.create('AWS::Lambda::EventSourceMapping', 'RelayMapping', {
    EventSourceArn: String(attributes.StreamArn),
    FunctionName: 'relay',
    StartingPosition: 'LATEST',
  });
  await lambda?.start?.();
  for (const pk of ['a', 'b', 'c']) {
    await client.send(new PutItemCommand({ TableName: 'orders', Item: { pk: { S: pk } } }));
  }
  const seen = () => aws.world.journal.read('logs').flatMap(({ data }) => (isObject(data) ? [data] : []));
  await eventually('three records at the function', async () => seen().length === 3);
  expect(seen().reverse()).toEqual(['a', 'b', 'c'].map((pk) => ({ eventSourceARN: String(attributes.StreamArn), pk })));
});
