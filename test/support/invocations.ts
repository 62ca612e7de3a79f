import { readdirSync, readFileSync } from 'node:fs';
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

interface Event {
  readonly rawPath?: string;
  readonly requestContext?: { readonly http?: { readonly method?: string } };
  readonly Records?: readonly object[];
}

const eventOf = (name: string): Event => JSON.parse(readFileSync(join(root, 'events/invoke', `${name}.json`), 'utf8'));

/** What others need to be there comes first: what a PUT makes, then a POST. What takes it away comes last. */
const RANKS: Readonly<Record<string, number>> = { PUT: 0, POST: 1, DELETE: 3 };
const OTHER = 2;

const placeOf = (name: string): readonly [rank: number, depth: number] => {
  const { requestContext, rawPath = '' } = eventOf(name);
  const rank = RANKS[requestContext?.http?.method ?? ''] ?? OTHER;
  return [rank, rank === OTHER ? 0 : rawPath.split('/').length];
};

/** The events in an order in which each finds what it needs. */
export const inOrder = events
  .map((name) => ({ name, place: placeOf(name) }))
  .sort(({ place: [rank, depth] }, { place: [otherRank, otherDepth] }) => rank - otherRank || depth - otherDepth)
  .map(({ name }) => name);

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
  if (name === 'search/backfill') return typeof answer === 'object' && answer !== null && 'written' in answer;
  if (name === 'orders/rebuild-view') return JSON.stringify(answer) === '{"deleted":0}';
  return JSON.stringify(answer) === (eventOf(name).Records ? '{"batchItemFailures":[]}' : 'null');
};
