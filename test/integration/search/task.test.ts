import { startEngine } from '@archipelago/local/testing';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SearchService } from '../../../events/grpc/archipelago/search/v1/search_pb.ts';
import { Health, HealthCheckResponse_ServingStatus as Status } from '../../../events/grpc/grpc/health/v1/health_pb.ts';
import { createDynamoTable } from '../../../functions/adapters/aws/dynamo-table.ts';
import { startGrpcServer } from '../../../functions/adapters/grpc/server.ts';
import { pause } from '../../../functions/adapters/node/pause.ts';
import { createTableCursors } from '../../../functions/adapters/table-cursors.ts';
import type { RunningTask } from '../../../functions/edge/tasks/start-task.ts';
import type { Table } from '../../../functions/kernel/stores/table.ts';
import { Refused } from '../../../functions/kernel/values/errors.ts';
import { noteChanges } from '../../../functions/search/commands/note-changes.ts';
import { startSearchTask } from '../../../functions/search/task/run-task.ts';
import { eventually } from '../../support/eventually.ts';
import { createRecordingRuntime } from '../../support/recording-runtime.ts';
import { tableDefinition } from '../../support/table-definition.ts';

const lamp = {
  kind: 'product',
  sku: 'lamp',
  name: 'Desk lamp',
  price: { amount: 4900, currency: 'EUR' },
  version: 1,
} as const;
const stock = (available: number, version: number) => ({ kind: 'stock', sku: 'lamp', available, version }) as const;

describe('a task of the search', () => {
  let engine: Awaited<ReturnType<typeof startEngine>>;
  let client: DynamoDBClient;
  let table: Table;
  let opened = 0;
  const tasks: RunningTask[] = [];

  beforeAll(async () => {
    engine = await startEngine();
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'us-east-1', credentials });
  });
  beforeEach(async () => {
    opened += 1;
    const tableName = `search-${opened}`;
    await engine.createTable(tableDefinition(tableName));
    table = createDynamoTable({ tableName, client });
  });
  afterEach(async () => {
    await Promise.all(tasks.splice(0).map((task) => task.stop()));
  });
  afterAll(async () => {
    client.destroy();
    await engine.stop();
  });

  const note = (...changes: Parameters<typeof noteChanges>[1]) =>
    noteChanges({ table, clock: { now: Date.now } }, changes);

  const start = async (used: Pick<Table, 'query'> = table, drainMs = 0) => {
    const runtime = { ...createRecordingRuntime(), clock: { now: Date.now } };
    const inTrace = <T>(_traceparent: string | undefined, run: () => Promise<T>) => run();
    const cursors = createTableCursors(table, runtime.clock);
    const deps = { runtime, inTrace, table: used, cursors, startServer: startGrpcServer, pause };
    const task = await startSearchTask(deps, { host: '127.0.0.1', port: 0, drainMs });
    tasks.push(task);
    const transport = createGrpcTransport({ baseUrl: `http://127.0.0.1:${task.port}` });
    return { task, runtime, search: createClient(SearchService, transport), health: createClient(Health, transport) };
  };

  it('knows every product when it begins to serve, and what changes within a second', async () => {
    await note(lamp);
    const { task, search, health } = await start();
    await task.ready;
    expect(await health.check({})).toMatchObject({ status: Status.SERVING });
    const find = () => search.search({ query: { text: 'lmap' } });
    expect(await find()).toMatchObject({ total: 1, products: [{ sku: 'lamp', name: 'Desk lamp', available: 0n }] });
    const beganMs = performance.now();
    await note(stock(7, 1));
    await eventually('the new stock is found', async () => (await find()).products[0]?.available === 7n);
    expect(performance.now() - beganMs).toBeLessThan(2_000);
  });

  it('answers as another one does that was started later', async () => {
    await note(lamp, stock(3, 1), { ...lamp, sku: 'lamp-2', name: 'Floor lamp' });
    const first = await start();
    await first.task.ready;
    await note({ ...lamp, name: 'Reading lamp', version: 2 });
    const second = await start();
    await second.task.ready;
    const ask = ({ search }: typeof first) => search.search({ query: { text: 'lamp' } });
    const isNew = async () => (await ask(first)).products.some(({ name }) => name === 'Reading lamp');
    await eventually('the new name is found', isNew);
    expect(await ask(first)).toEqual(await ask(second));
  });

  it('sends a watched query again when what it finds has changed, and only then', async () => {
    await note(lamp);
    const { task, search } = await start();
    await task.ready;
    const answers = search.watch({ query: { text: 'desk', inStock: true } })[Symbol.asyncIterator]();
    expect((await answers.next()).value).toMatchObject({ total: 0 });
    await note({ ...lamp, sku: 'chair', name: 'Chair' }, stock(5, 1));
    expect((await answers.next()).value).toMatchObject({ total: 1, products: [{ sku: 'lamp', available: 5n }] });
    await note(stock(4, 2));
    expect((await answers.next()).value).toMatchObject({ products: [{ available: 4n }] });
    await answers.return?.();
  });

  it('does not serve before the table can be read, and goes on serving when it no longer can', async () => {
    await note(lamp);
    let isDown = true;
    const unavailable = new Refused({ outcome: 'unavailable', code: 'dependency-unavailable', detail: 'Down.' });
    const query: Table['query'] = (asked) => (isDown ? Promise.reject(unavailable) : table.query(asked));
    const { task, runtime, search, health } = await start({ query });
    const hasFailed = async (from: number) =>
      runtime.entries.slice(from).some(({ message }) => message === 'table not read');
    await eventually('the table was asked', () => hasFailed(0));
    expect(await health.check({})).toMatchObject({ status: Status.NOT_SERVING });
    isDown = false;
    await task.ready;
    isDown = true;
    const before = runtime.entries.length;
    await eventually('the table was asked again', () => hasFailed(before));
    expect(await health.check({})).toMatchObject({ status: Status.SERVING });
    expect(await search.search({ query: { text: 'lamp' } })).toMatchObject({ total: 1 });
  });

  it('says that it stops, and serves on for as long as callers may still find it', async () => {
    const { task, search, health } = await start(table, 300);
    await note(lamp);
    await task.ready;
    const stopped = task.stop();
    expect(await health.check({})).toMatchObject({ status: Status.NOT_SERVING });
    await search.search({ query: { text: 'lamp' } });
    await stopped;
    await expect(search.search({ query: { text: 'lamp' } })).rejects.toThrow();
  });

  it('refuses what it cannot answer', async () => {
    const { task, search } = await start();
    await task.ready;
    await expect(search.search({ query: { text: ' ' } })).rejects.toThrow(/1 to 100 characters/);
    await expect(search.search({ query: { text: 'a' }, pageSize: 101 })).rejects.toThrow(/1 to 100 products/);
    await expect(search.search({ query: { text: 'a' }, pageToken: 'x' })).rejects.toThrow(/cursor/);
    await expect(search.search({ query: { text: 'a' }, pageToken: '1' })).rejects.toThrow(/cursor/);
  });

  it('goes on with the token of a page for the same query only, whichever task is asked', async () => {
    await note(...['lamp-1', 'lamp-2', 'lamp-3'].map((sku) => ({ ...lamp, sku })));
    const [first, second] = [await start(), await start()];
    await Promise.all([first.task.ready, second.task.ready]);
    const query = { text: 'lamp' };
    const page = await first.search.search({ query, pageSize: 2 });
    const rest = await second.search.search({ query, pageSize: 2, pageToken: page.nextPageToken });
    expect(new Set([...page.products, ...rest.products].map(({ sku }) => sku)).size).toBe(3);
    expect(rest.nextPageToken).toBe('');
    const other = { query: { text: 'desk' }, pageToken: page.nextPageToken };
    await expect(second.search.search(other)).rejects.toThrow(/cursor/);
  });
});
