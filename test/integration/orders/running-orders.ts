import type { IncomingMessage, ServerResponse } from 'node:http';
import { createDynamoDbService, createServiceDiscoveryService, emulateAws } from '@archipelago/local/testing';
import { tableDefinition } from '../../support/table-definition.ts';

const PREFIX = 'archipelago-test';
const PRICES = new Map([
  ['tea', { amount: 450, currency: 'EUR' }],
  ['yen-cup', { amount: 450, currency: 'JPY' }],
]);

const read = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
};

interface CatalogDoor {
  isDown: boolean;
  questions: number;
  /** The token that the last question brought. */
  caller: string | string[] | undefined;
}

/** What catalog's internal door answers, over real HTTP. */
const createCatalogDoor = () => {
  const door: CatalogDoor = { isDown: false, questions: 0, caller: undefined };
  const onRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    door.questions += 1;
    door.caller = request.headers['x-caller-token'];
    const { items }: { items: { sku: string; quantity: number }[] } = JSON.parse(await read(request));
    const known = items.filter(({ sku }) => PRICES.has(sku)).map((item) => ({ ...item, price: PRICES.get(item.sku) }));
    const unknown = items.filter(({ sku }) => !PRICES.has(sku)).map(({ sku }) => sku);
    response.writeHead(door.isDown ? 503 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ items: known, unknown }));
  };
  return { door, onRequest };
};

/** DynamoDB with its conflicts, Cloud Map and catalog's door, and the environment that the functions of orders are started with. */
export const startOrders = async () => {
  const aws = await emulateAws((world) => [createDynamoDbService(world), createServiceDiscoveryService(world)]);
  for (const table of ['orders-events', 'orders-views', 'orders-secrets'])
    await aws.create('AWS::DynamoDB::Table', table, tableDefinition(`${PREFIX}-${table}`));
  const { door, onRequest } = createCatalogDoor();
  const { url } = await aws.world.listen('catalog', (request, response) => void onRequest(request, response));
  const namespace = await aws.create('AWS::ServiceDiscovery::HttpNamespace', 'Namespace', { Name: PREFIX });
  const service = await aws.create('AWS::ServiceDiscovery::Service', 'Catalog', {
    Name: 'catalog',
    NamespaceId: namespace.ref,
    HealthCheckCustomConfig: {},
  });
  await aws.create('AWS::ServiceDiscovery::Instance', 'Instance', {
    ServiceId: service.ref,
    InstanceId: 'catalog-live',
    InstanceAttributes: { origin: 'deploy', url },
  });
  Object.assign(process.env, {
    SERVICE: 'orders',
    STAGE: 'test',
    PREFIX,
    EVENT_TABLE_NAME: `${PREFIX}-orders-events`,
    VAULT_TABLE_NAME: `${PREFIX}-orders-secrets`,
    VIEW_TABLE_NAME: `${PREFIX}-orders-views`,
    PATIENCE_SECONDS: '3600',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL: aws.clientConfig.endpoint,
  });
  return { door, stop: () => aws.stop() };
};
