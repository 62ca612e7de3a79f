import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import placedOrder from '../../events/invoke/orders/project-orders.json' with { type: 'json' };
import { runInvoke } from '../../local/cli/run-invoke.ts';
import { type Runtime, startRuntime } from '../../local/runtime/start-runtime.ts';
import { stateFileIn, writeStateFile } from '../../local/runtime/state-file.ts';
import { synthesize } from '../support/synthesized.ts';

const root = join(import.meta.dirname, '../..');

/** `<service>/<name>` of every file of a kind, two folders deep. */
const namesBelow = (folder: string, pattern: RegExp): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => pattern.exec(file.replaceAll('\\', '/')))
    .filter((found) => found !== null)
    .map(([, service, name]) => `${service}/${name}`)
    .sort();

const events = namesBelow('events/invoke', /^([^/]+)\/([^/]+)\.json$/);

/** What others need to be there comes first, and what takes it away comes last. */
const FIRST = [
  'catalog/put-product',
  'catalog/adjust-stock',
  'users/register-user',
  'registry/register-instance',
  'orders/cancel-order',
];
const LAST = ['registry/deregister-instance', 'users/erase-user'];
const inOrder = [...FIRST, ...events.filter((name) => ![...FIRST, ...LAST].includes(name)), ...LAST];

let runtime: Runtime;
let folder: string;

/** As `npm run invoke -- <name>` in a folder where the system runs. */
const invoke = async (name: string) => {
  const printed: string[] = [];
  const complaints: string[] = [];
  const terminal = {
    folder,
    out: (line: string) => printed.push(line),
    err: (line: string) => complaints.push(line),
  };
  const exitCode = await runInvoke([name], terminal);
  const answer: unknown = JSON.parse(printed.join('\n') || 'null');
  return { exitCode, complaints, answer };
};

/** All events speak of one order: the one whose first event the projection's event carries. */
const placeTheOrder = async () => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const client = new DynamoDBClient({ endpoint: runtime.world.endpointUrl(), region: 'us-east-1', credentials });
  for (const { dynamodb, eventSourceARN } of placedOrder.Records) {
    const [, TableName] = eventSourceARN.split('/');
    await client.send(new PutItemCommand({ TableName, Item: dynamodb.NewImage }));
  }
  client.destroy();
};

const statusOf = (answer: unknown): unknown =>
  typeof answer === 'object' && answer !== null && 'statusCode' in answer ? answer.statusCode : undefined;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'invoke-'));
  symlinkSync(join(root, 'events'), join(folder, 'events'), 'dir');
  runtime = await startRuntime({ assemblyFolder: await synthesize('dev') });
  const { apiUrl = '', controlUrl, controlToken } = runtime;
  const state = { apiUrl, controlUrl, controlToken, pid: process.pid, stage: 'dev' };
  writeStateFile(stateFileIn(folder), { ...state, endpointUrl: runtime.world.endpointUrl() });
  await placeTheOrder();
}, 60_000);

afterAll(async () => {
  await runtime.stop();
  rmSync(folder, { recursive: true });
});

describe('events to invoke functions with', () => {
  it('are there for every handler, and for nothing else', () => {
    expect(events).toEqual(namesBelow('functions', /^([^/]+)\/handlers\/([^/]+)\.handler\.ts$/));
  });

  it.each(inOrder)(
    'npm run invoke -- %s has an answer to be expected',
    async (name) => {
      const { exitCode, complaints, answer } = await invoke(name);
      expect({ exitCode, complaints }).toEqual({ exitCode: 0, complaints: [] });
      const status = statusOf(answer);
      if (name === 'gateway/default-route') expect(status).toBe(404);
      else if (status === undefined)
        expect(answer).toEqual(name === 'registry/sweep' ? null : { batchItemFailures: [] });
      else expect([200, 201, 202, 204]).toContain(status);
    },
    20_000,
  );
});
