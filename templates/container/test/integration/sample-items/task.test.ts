import { createClient } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Health,
  HealthCheckResponse_ServingStatus as Status,
} from '../../../../../events/grpc/grpc/health/v1/health_pb.ts';
import { startGrpcServer } from '../../../../../functions/adapters/grpc/server.ts';
import { pause } from '../../../../../functions/adapters/node/pause.ts';
import { createTableCursors } from '../../../../../functions/adapters/table-cursors.ts';
import type { RunningTask } from '../../../../../functions/edge/tasks/start-task.ts';
import { createMemoryTable } from '../../../../../functions/kernel/stores/memory-table.ts';
import { eventually } from '../../../../../test/support/eventually.ts';
import { createRecordingRuntime } from '../../../../../test/support/recording-runtime.ts';
import { SampleItemsService } from '../../../events/grpc/archipelago/sample_items/v1/sample_items_pb.ts';
import { noteEntry } from '../../../functions/sample-items/commands/note-entry.ts';
import { startSampleItemsTask } from '../../../functions/sample-items/task/run-task.ts';

const lamp = { sku: 'lamp', name: 'Desk lamp', price: { amount: 4900, currency: 'EUR' }, version: 1 };

describe('a task of sample items', () => {
  const clock = { now: Date.now };
  let table: ReturnType<typeof createMemoryTable>;
  let task: RunningTask;

  beforeEach(async () => {
    table = createMemoryTable();
    await noteEntry({ table, clock }, lamp);
    const runtime = { ...createRecordingRuntime(), clock };
    const inTrace = <T>(_traceparent: string | undefined, run: () => Promise<T>) => run();
    const cursors = createTableCursors(table, clock);
    const deps = { runtime, inTrace, table, cursors, startServer: startGrpcServer, pause };
    task = await startSampleItemsTask(deps, { host: '127.0.0.1', port: 0, drainMs: 0 });
    await task.ready;
  });
  afterEach(() => task.stop());

  const transport = () => createGrpcTransport({ baseUrl: `http://127.0.0.1:${task.port}` });
  const list = (asked: { prefix?: string; pageSize?: number; pageToken?: string } = {}) =>
    createClient(SampleItemsService, transport()).listEntries(asked);

  it('serves when it knows what is in the table, and learns what changes', async () => {
    expect(await createClient(Health, transport()).check({})).toMatchObject({ status: Status.SERVING });
    expect(await list()).toMatchObject({ total: 1, entries: [{ sku: 'lamp', price: { amount: 4900n } }] });
    await noteEntry({ table, clock }, { ...lamp, name: 'Floor lamp', version: 2 });
    await eventually('the new name is listed', async () => (await list()).entries[0]?.name === 'Floor lamp');
  });

  it('answers page by page', async () => {
    await noteEntry({ table, clock }, { ...lamp, sku: 'lamp-2' });
    await eventually('both are listed', async () => (await list({ prefix: 'lamp' })).total === 2);
    const { entries, nextPageToken: pageToken } = await list({ prefix: 'lamp', pageSize: 1 });
    expect(entries).toMatchObject([{ sku: 'lamp' }]);
    expect(await list({ prefix: 'lamp', pageSize: 1, pageToken })).toMatchObject({
      entries: [{ sku: 'lamp-2' }],
      nextPageToken: '',
    });
  });

  it('refuses what it cannot answer', async () => {
    await expect(list({ prefix: 'a b' })).rejects.toThrow(/No sku begins so/);
    await expect(list({ pageSize: 101 })).rejects.toThrow(/1 to 100 products/);
    await expect(list({ pageToken: 'a b' })).rejects.toThrow(/cursor/);
  });
});
