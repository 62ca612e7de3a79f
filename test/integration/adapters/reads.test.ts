import { setImmediate } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { createCloudMapLookup } from '../../../functions/adapters/aws/cloud-map-lookup.ts';
import { createCloudMapRegistry } from '../../../functions/adapters/aws/cloud-map-registry.ts';
import { createCommandQueues } from '../../../functions/adapters/aws/command-queues.ts';
import { createDynamoTable } from '../../../functions/adapters/aws/dynamo-table.ts';
import { createEventBus } from '../../../functions/adapters/aws/event-bus.ts';
import { createParameters } from '../../../functions/adapters/aws/parameters.ts';
import type { Query } from '../../../functions/kernel/stores/table.ts';
import { forRoute } from '../../../lib/stacks/function-sizes.ts';
import { messageOf } from '../../support/messages.ts';
import { type ScriptedAnswer, startScriptedServer } from '../../support/scripted-server.ts';

const settings = { region: 'us-east-1', credentials: { accessKeyId: 'id', secretAccessKey: 'secret' }, maxAttempts: 1 };
const json = (status: number, body: object): ScriptedAnswer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify(body),
});
const row = (sk: string) => ({ pk: { S: 'p' }, sk: { S: sk } });

describe('a read of a DynamoDB table', () => {
  const reading = async (answer: object, query: Partial<Query> = {}) => {
    await using server = await startScriptedServer(json(200, answer));
    const client = new DynamoDBClient({ ...settings, endpoint: server.url });
    const table = createDynamoTable({ tableName: 't', client });
    const page = await table.query({ pk: 'p', limit: 2, ...query });
    await table.get({ pk: 'p', sk: 'a' }, query);
    client.destroy();
    return { page, asked: server.requests.map(({ body }) => JSON.parse(body)) };
  };

  it('is consistent when that is asked for, and only then', async () => {
    const consistent = await reading({}, { consistent: true });
    expect(consistent.asked).toMatchObject([{ ConsistentRead: true }, { ConsistentRead: true }]);
    const eventual = await reading({});
    expect(eventual.asked).toMatchObject([{ ConsistentRead: false }, { ConsistentRead: false }]);
  });

  // DynamoDB ends a page at 1 MB, whatever the limit is.
  it('goes on after a page that was cut before its limit, also after an empty one', async () => {
    const cut = await reading({ Items: [row('a')], LastEvaluatedKey: row('a') });
    expect(cut.page).toEqual({ items: [{ pk: 'p', sk: 'a' }], next: { pk: 'p', sk: 'a' } });
    const empty = await reading({ Items: [], LastEvaluatedKey: row('z') });
    expect(empty.page).toEqual({ items: [], next: { pk: 'p', sk: 'z' } });
  });

  it('goes on after the last item that it gave, and not where DynamoDB stopped', async () => {
    const full = await reading({ Items: ['a', 'b', 'c'].map(row), LastEvaluatedKey: row('c') });
    expect(full.page).toEqual({
      items: [
        { pk: 'p', sk: 'a' },
        { pk: 'p', sk: 'b' },
      ],
      next: { pk: 'p', sk: 'b' },
    });
    expect((await reading({ Items: ['a', 'b'].map(row) })).page.next).toBeUndefined();
  });
});

describe('a parameter', () => {
  it('is asked for again after a failure, and not after a success', async () => {
    const known = json(200, { Parameter: { Name: 'n', Value: 'v' } });
    await using server = await startScriptedServer(json(500, { __type: 'InternalServerError' }), known);
    const client = new SSMClient({ ...settings, endpoint: server.url });
    const parameters = createParameters({ client });
    await expect(parameters('n')).rejects.toMatchObject({ refusal: { outcome: 'unavailable' } });
    expect(await Promise.all([parameters('n'), parameters('n')])).toEqual(['v', 'v']);
    expect(await parameters('n')).toBe('v');
    expect(server.requests).toHaveLength(2);
    client.destroy();
  });
});

describe('a server that never answers', () => {
  beforeAll(() => {
    Object.assign(process.env, { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' });
  });
  afterEach(() => {
    jest.useRealTimers();
    delete process.env.AWS_ENDPOINT_URL;
  });

  const STEP_MS = 250;

  it.each<[string, () => Promise<unknown>]>([
    ['a table', () => createDynamoTable({ tableName: 't' }).get({ pk: 'p', sk: 's' })],
    ['the bus', () => createEventBus({ busName: 'b', source: 's' }).publish([messageOf('A.v1', 'o', 1)])],
    ['a queue', () => createCommandQueues({ prefix: 'p' }).send('q', messageOf('A.v1', 'o', 1))],
    ['the directory', () => createCloudMapRegistry({ namespace: 'n' }).services()],
    ['discovery', () => createCloudMapLookup({ namespace: 'n' }).instances('s')],
    ['parameters', () => createParameters()('n')],
  ])("is given up by %s within the time of a route's function", async (_what, call) => {
    await using server = await startScriptedServer('hang');
    process.env.AWS_ENDPOINT_URL = server.url;
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    let outcome: unknown;
    void call().then(
      () => (outcome = 'answered'),
      (thrown: unknown) => (outcome = thrown),
    );
    while (server.requests.length === 0 && outcome === undefined) await setImmediate();
    const endMs = Date.now() + forRoute.timeoutSeconds * 1_000;
    while (Date.now() < endMs && outcome === undefined) {
      await jest.advanceTimersByTimeAsync(STEP_MS);
      for (let turns = 0; turns < 20; turns += 1) await setImmediate();
    }
    expect(outcome).toMatchObject({ refusal: { outcome: 'unavailable' } });
    expect(server.requests.length).toBeGreaterThan(0);
  });
});
