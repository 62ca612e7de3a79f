import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readAssembly } from '@archipelago/local';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import placedOrder from '../../events/invoke/orders/project-orders.json' with { type: 'json' };

const root = join(import.meta.dirname, '../..');

/** `<service>/<function>` of every event in `events/invoke`. */
export const events = readdirSync(join(root, 'events/invoke'), { recursive: true, encoding: 'utf8' })
  .map((file) => /^([^/]+\/[^/]+)\.json$/.exec(file.replaceAll('\\', '/'))?.[1])
  .filter((name) => name !== undefined)
  .sort();

/** `<service>/<function>` of every function of an assembly. */
export const functionsOf = (assemblyFolder: string): readonly string[] =>
  readAssembly(assemblyFolder)
    .stacks.flatMap(({ resources }) => [...resources.values()])
    .filter(({ type }) => type === 'AWS::Lambda::Function')
    .map(({ metadata }) => String(metadata['local:bundle']).replace(/^build\/(.*)\.(.*)$/, '$1/$2'))
    .sort();

/** What others need to be there comes first, and what takes it away comes last. */
const FIRST = [
  'catalog/put-product',
  'catalog/adjust-stock',
  'users/register-user',
  'registry/register-instance',
  'orders/cancel-order',
];
const LAST = ['registry/deregister-instance', 'users/erase-user'];
export const inOrder = [...FIRST, ...events.filter((name) => ![...FIRST, ...LAST].includes(name)), ...LAST];

/** All events speak of one order: the one whose first event the projection's event carries. */
export const placeTheOrder = async (endpoint: string): Promise<void> => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint, region: 'us-east-1', credentials });
  for (const { dynamodb, eventSourceARN } of placedOrder.Records) {
    const [, TableName] = eventSourceARN.split('/');
    await client.send(new PutItemCommand({ TableName, Item: dynamodb.NewImage }));
  }
  client.destroy();
};

const statusOf = (answer: unknown): unknown =>
  typeof answer === 'object' && answer !== null && 'statusCode' in answer ? answer.statusCode : undefined;

/** Whether a function answered its event in `events/invoke` as it should; an error document never does. */
export const isExpected = (name: string, answer: unknown): boolean => {
  const status = statusOf(answer);
  if (name === 'gateway/default-route') return status === 404;
  if (status !== undefined) return [200, 201, 202, 204].some((success) => success === status);
  if (name === 'orders/operate-orders') return typeof answer === 'object' && answer !== null && 'result' in answer;
  if (name === 'orders/rebuild-view') return JSON.stringify(answer) === '{"deleted":0}';
  const isScheduled = /^registry\/(sweep|reconcile)$|\/(resend|sweep-open-orders|check-view)$/.test(name);
  return JSON.stringify(answer) === (isScheduled ? 'null' : '{"batchItemFailures":[]}');
};
