import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createWorld } from '../../src/core/create-world.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { createAwsEndpoint } from '../../src/http/aws-endpoint.ts';
import { createDynamoDbService } from '../../src/services/dynamodb/service.ts';

const ORDERS = {
  TableName: 'orders',
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
};
const STREAM_ARN = 'arn:aws:dynamodb:us-east-1:000000000000:table/orders/stream/2026-01-01T00:00:00.000';

describe('tables kept on disk', () => {
  let keepFolder: string;
  beforeEach(async () => {
    keepFolder = await mkdtemp(join(tmpdir(), 'kept-tables-'));
  });
  afterEach(() => rm(keepFolder, { recursive: true }));

  /** One run of the runtime on the folder. */
  const run = async <T>(properties: JsonObject, use: (session: Session) => Promise<T>): Promise<T> => {
    const world = createWorld({ keepFolder });
    const service = createDynamoDbService(world);
    const { url } = await world.listen('AWS endpoint', createAwsEndpoint(world, [service]));
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = new DynamoDBClient({ endpoint: url, region: 'us-east-1', credentials });
    try {
      const type = service.resourceTypes.find((candidate) => candidate.type === 'AWS::DynamoDB::Table');
      await type?.create?.({ stack: 'Shop', logicalId: 'Orders', type: type.type, properties, metadata: {} });
      return await use({ world, client });
    } finally {
      client.destroy();
      await world.stop();
    }
  };
  interface Session {
    readonly world: ReturnType<typeof createWorld>;
    readonly client: DynamoDBClient;
  }
  const put = (client: DynamoDBClient, pk: string) =>
    client.send(new PutItemCommand({ TableName: 'orders', Item: { pk: { S: pk } } }));
  const keysAfter = async ({ world }: Session, position: 'TRIM_HORIZON' | 'LATEST') =>
    (await world.need('streams').read(STREAM_ARN, position, 10)).map(({ record }) => record.dynamodb);

  it('have their items again in the next run, and their stream goes on', async () => {
    await run(ORDERS, ({ client }) => put(client, 'first'));
    await run(ORDERS, async (session) => {
      expect(await session.world.need('tables').items('orders')).toEqual([{ pk: 'first' }]);
      await put(session.client, 'second');
      expect(await keysAfter(session, 'LATEST')).toMatchObject([{ Keys: { pk: { S: 'second' } } }]);
      expect(await keysAfter(session, 'TRIM_HORIZON')).toHaveLength(2);
    });
  });

  it('refuse a template that wants other keys', async () => {
    await run(ORDERS, ({ client }) => put(client, 'first'));
    const rekeyed = {
      ...ORDERS,
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    };
    await expect(run(rekeyed, async () => undefined)).rejects.toThrow(/kept from an earlier run with other keys/);
  });
});
