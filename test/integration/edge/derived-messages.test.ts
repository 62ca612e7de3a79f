import { beforeEach, describe, expect, it } from '@jest/globals';
import { relayHandler } from '../../../functions/edge/messages/relay.ts';
import type { Message } from '../../../functions/kernel/messages/message.ts';
import { createMemoryTable } from '../../../functions/kernel/stores/memory-table.ts';
import type { Item } from '../../../functions/kernel/stores/table.ts';
import { messageOf } from '../../support/messages.ts';
import { outboxRow } from '../../support/outbox-row.ts';
import { createRecordingRuntime } from '../../support/recording-runtime.ts';
import { type StreamChange, streamEvent } from '../../support/stream-event.ts';

/** Rows as releases wrote them: what is read here must be read for as long as a stream may hold it. */
const placing: Item = {
  pk: 'STREAM#o1',
  sk: 'EVENT#0000000004',
  kind: 'event',
  streamId: 'o1',
  version: 4,
  occurredAt: '2026-11-26T08:00:00.000Z',
  cause: {
    correlationId: 'c',
    causationId: 'r',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  },
  events: [
    { schema: 'StockReserved.v1', type: 'StockReserved' },
    { schema: 'Asked.v1', type: 'Asked', orderId: 'o1', items: [{ sku: 's', quantity: 2 }] },
  ],
  outbox: 'derived',
  aggregate: 'order/o1',
  messages: [
    { type: 'Asked.v1', at: 1, same: ['orderId', 'items'], data: { total: 3 } },
    { type: 'CheckDeadline.v1', at: 1, queue: 'orders-check-deadline', delaySeconds: 60, data: { orderId: 'o1' } },
  ],
};
const product: Item = {
  pk: 'PRODUCT#s',
  sk: 'PRODUCT',
  version: 2,
  name: 'Stone',
  outbox: 'derived',
  aggregate: 'product/s',
  occurredAt: '2026-11-26T08:00:00.000Z',
  cause: { correlationId: 'c', causationId: 'r' },
  messages: [{ type: 'ProductChanged.v1', data: { sku: 's', name: 'Stone' } }],
};

const stock: Item = {
  pk: 'PRODUCT#s',
  sk: 'STOCK',
  sku: 's',
  available: 7,
  reserved: 2,
  version: 4,
  outbox: 'derived',
  aggregate: 'stock/s',
  occurredAt: '2026-11-26T08:00:00.000Z',
  cause: { correlationId: 'c', causationId: 'r' },
  announces: [{ type: 'StockChanged.v1', members: ['sku', 'available', 'version'] }],
};

let published: Message[];
let queued: [string, Message, number | undefined][];
beforeEach(() => {
  published = [];
  queued = [];
});

const relay = async (tableName: string, ...changes: readonly StreamChange[]) => {
  const runtime = createRecordingRuntime();
  const ports = {
    bus: {
      publish: async (messages: readonly Message[]) => {
        published.push(...messages);
        return { failed: [] };
      },
    },
    queues: {
      send: async (queue: string, message: Message, delaySeconds?: number) =>
        void queued.push([queue, message, delaySeconds]),
    },
    table: createMemoryTable(),
    tableName,
  };
  runtime.advance(Date.parse('2026-11-26T08:00:10.000Z') - runtime.clock.now());
  const { batchItemFailures } = await relayHandler(ports, runtime)(streamEvent(...changes));
  return { batchItemFailures, table: ports.table, runtime };
};
const ids = () => [...published, ...queued.map(([, message]) => message)].map(({ metadata }) => metadata.id);

describe('a row that says itself what leaves because of it', () => {
  it('is sent as messages of its events, with the cause and the time of the commit', async () => {
    await relay('orders', { item: placing });
    const metadata = {
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      occurredAt: '2026-11-26T08:00:00.000Z',
      ...Object(placing.cause),
      aggregate: 'order/o1',
      version: 5,
    };
    const data = { orderId: 'o1', items: [{ sku: 's', quantity: 2 }], total: 3 };
    expect(published).toEqual([{ type: 'Asked.v1', metadata, data }]);
    expect(queued).toEqual([
      ['orders-check-deadline', { type: 'CheckDeadline.v1', metadata, data: { orderId: 'o1' } }, 50],
    ]);
  });

  it('is sent when it is inserted and when it is replaced, and never when it is removed', async () => {
    await relay('catalog', { item: product });
    await relay('catalog', { item: { ...product, version: 3 }, name: 'MODIFY' });
    await relay('catalog', { item: product, name: 'REMOVE' });
    expect(published.map(({ metadata }) => metadata.version)).toEqual([2, 3]);
  });

  it('gives the same ids however often it is read, and others for any other row, version or place', async () => {
    await relay('orders', { item: placing });
    await relay('orders', { item: placing });
    const [asked, again, deadline, deadlineAgain] = ids();
    expect([again, deadlineAgain]).toEqual([asked, deadline]);
    await relay('orders', { item: { ...placing, sk: 'EVENT#0000000009', version: 9 } });
    await relay('other', { item: placing });
    await relay('orders', { item: { ...placing, pk: 'STREAM#o2' } });
    expect(new Set(ids()).size).toBe(8);
  });

  it('announces what additions left in it', async () => {
    await relay('catalog', { item: stock }, { item: { ...stock, available: 5, version: 5 }, name: 'MODIFY' });
    expect(published.map(({ type, data }) => [type, data])).toEqual([
      ['StockChanged.v1', { sku: 's', available: 7, version: 4 }],
      ['StockChanged.v1', { sku: 's', available: 5, version: 5 }],
    ]);
    expect(published.map(({ metadata }) => [metadata.aggregate, metadata.version])).toEqual([
      ['stock/s', 4],
      ['stock/s', 5],
    ]);
    expect(new Set(ids()).size).toBe(2);
  });

  it('stands beside the rows of a release before it, whose messages are sent as well', async () => {
    const before = outboxRow({ kind: 'bus' }, messageOf('OrderPlaced.v1', 'o1', 1));
    await relay('orders', { item: before }, { item: placing }, { item: before, name: 'MODIFY' });
    expect(published.map(({ type }) => type)).toEqual(['OrderPlaced.v1', 'Asked.v1']);
  });

  it('is put aside when it cannot be read, and stops no other', async () => {
    const { table, batchItemFailures } = await relay(
      'orders',
      { item: { ...placing, cause: null } },
      { item: product },
    );
    expect(batchItemFailures).toEqual([]);
    expect(published.map(({ type }) => type)).toEqual(['ProductChanged.v1']);
    expect((await table.query({ pk: 'UNREADABLE', limit: 10 })).items).toHaveLength(1);
  });
});
