import { startEngine } from '@archipelago/local/testing';
import { BatchWriteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDynamoTable } from '../../../functions/adapters/aws/dynamo-table.ts';
import { createUlids } from '../../../functions/adapters/node/ulids.ts';
import { marshalItem } from '../../../functions/kernel/stores/attribute-value.ts';
import { derivedMessages, hasDerivedMessages } from '../../../functions/kernel/stores/derived-messages.ts';
import type { Item, Table } from '../../../functions/kernel/stores/table.ts';
import { cancelOrdersOfUser } from '../../../functions/orders/commands/erase-customer.ts';
import { fulfilOrder } from '../../../functions/orders/commands/fulfil-order.ts';
import { orderDecider } from '../../../functions/orders/domain/order-decider.ts';
import { ordersMessages } from '../../../functions/orders/messages.contract.ts';
import { createOrderStore } from '../../../functions/orders/rows/order-stream.ts';
import { projectOrder } from '../../../functions/orders/views/orders.projection.ts';
import { message, ordersInMemory } from '../../domain/orders/orders-in-memory.ts';
import { tableDefinition } from '../../support/table-definition.ts';

/** Ten thousand take some minutes: `ERASED_ORDERS=10000 npm test -- test/integration/orders/erasure`. */
const ORDERS = Number(process.env.ERASED_ORDERS ?? 500);
const PAGE = 100;
const MOST_MS = 600_000;

const [, cancelOrders] = ordersMessages.accepts;

let engine: Awaited<ReturnType<typeof startEngine>>;
let client: DynamoDBClient;
let opened = 0;

beforeAll(async () => {
  engine = await startEngine();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'us-east-1', credentials });
}, MOST_MS);

afterAll(async () => {
  client.destroy();
  await engine.stop();
});

const open = async (): Promise<{ readonly name: string; readonly table: Table }> => {
  opened += 1;
  const name = `erasure-${opened}`;
  await engine.createTable(tableDefinition(name));
  return { name, table: createDynamoTable({ tableName: name, client }) };
};

/** The rows of one order as the service itself commits them. */
const rowsOfOrder = async (isFinal: boolean): Promise<{ readonly id: string; readonly rows: readonly Item[] }> => {
  const orders = ordersInMemory();
  const id = await orders.place();
  if (isFinal) await fulfilOrder(orders, message('m1', 'StockRejected.v1', { orderId: id, unavailable: ['tea'] }));
  const rows = orders.table.items().filter(({ pk }) => /^(STREAM|CUSTOMER)#/.test(pk));
  return { id, rows };
};

const renamed = (rows: readonly Item[], from: string, to: string): readonly Item[] =>
  JSON.parse(JSON.stringify(rows).replaceAll(from, to));

const LOT = 25;

const load = async (tableName: string, rows: readonly Item[]): Promise<void> => {
  for (let start = 0; start < rows.length; start += LOT) {
    const lot = rows.slice(start, start + LOT).map((row) => ({ PutRequest: { Item: marshalItem(row) } }));
    await client.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: lot } }));
  }
};

/** A customer whose first order is open and all later ones are final, and what the erasure of theirs sends. */
const customerWith = async (count: number) => {
  const [events, views] = [await open(), await open()];
  const ids = createUlids({ now: () => Date.now() });
  const [pending, final] = [await rowsOfOrder(false), await rowsOfOrder(true)];
  const orderIds = Array.from({ length: count }, () => ids.next());
  const rows = orderIds.flatMap((id, at) => {
    const like = at === 0 ? pending : final;
    return renamed(like.rows, like.id, id);
  });
  await load(events.name, rows);
  const loads: string[] = [];
  const store = createOrderStore(events.table);
  const counting: typeof store = {
    ...store,
    load: (id, evolution) => {
      loads.push(id);
      return store.load(id, evolution);
    },
  };
  const waiting: ReturnType<typeof cancelOrders.read>[] = [];
  const table: Table = {
    ...events.table,
    commit: async (writes, options) => {
      const result = await events.table.commit(writes, options);
      const rows = writes.flatMap((write) => ('item' in write && hasDerivedMessages(write.item) ? [write.item] : []));
      if (result.kind === 'committed')
        for (const { message: each } of rows.flatMap((row) => derivedMessages(row, events.name, String)))
          if (each.type === cancelOrders.type) waiting.push(cancelOrders.read(each));
      return result;
    },
  };
  const generations = async () => ({ live: 0 });
  const deps = {
    table,
    store: counting,
    views: views.table,
    clock: { now: () => Date.now() },
    ids,
    patienceSeconds: 3_600,
  };
  const [first = ''] = orderIds;
  await projectOrder({ store, views: views.table, generations }, first);
  const kindOf = async (id: string) => (await store.load(id, orderDecider)).state.kind;
  return { deps, waiting, loads, first, orderIds, kindOf };
};

const erased = message('e1', 'UserErased.v1', { userId: 'alice' });

describe('erasing a customer of thousands of orders', () => {
  it(
    'cancels the open one in its first message, and takes bounded messages for the others',
    async () => {
      const { deps, waiting, loads, first, orderIds, kindOf } = await customerWith(ORDERS);
      await fulfilOrder(deps, erased);
      expect([waiting.length, loads.length]).toEqual([1, 0]);
      const perMessage: number[] = [];
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        const before = loads.length;
        await cancelOrdersOfUser(deps, next);
        perMessage.push(loads.length - before);
        if (perMessage.length === 1) expect([loads[0], await kindOf(first)]).toEqual([first, 'cancelling']);
      }
      expect(perMessage).toEqual([PAGE + 1, ...Array.from({ length: ORDERS / PAGE - 1 }, () => PAGE)]);
      expect(new Set(loads)).toEqual(new Set(orderIds));
    },
    MOST_MS,
  );

  it(
    'goes on where it was, after any page that was handled twice, in part, or by two copies at once',
    async () => {
      const { deps, waiting, loads, orderIds } = await customerWith(3 * PAGE);
      await fulfilOrder(deps, erased);
      const handled: number[] = [];
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        handled.push(next.data.page);
        const dying = { ...deps, store: { ...deps.store, load: () => Promise.reject(new Error('killed')) } };
        await expect(cancelOrdersOfUser(dying, next)).rejects.toThrow('killed');
        await Promise.all([cancelOrdersOfUser(deps, next), cancelOrdersOfUser(deps, next)]);
        await cancelOrdersOfUser(deps, next);
      }
      expect(handled).toEqual([0, 1, 2]);
      expect(new Set(loads)).toEqual(new Set(orderIds));
    },
    MOST_MS,
  );
});
