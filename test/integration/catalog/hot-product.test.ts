import { startEngine } from '@archipelago/local/testing';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createDynamoTable } from '../../../functions/adapters/aws/dynamo-table.ts';
import { reserveStock } from '../../../functions/catalog/commands/decide-reservation.ts';
import { putProduct } from '../../../functions/catalog/commands/put-product.ts';
import { stockKey } from '../../../functions/catalog/rows/product-rows.ts';
import { reservationAggregate } from '../../../functions/catalog/rows/reservation-rows.ts';
import { groupCommits } from '../../../functions/kernel/stores/group-commit.ts';
import { type Table, withinTime } from '../../../functions/kernel/stores/table.ts';
import { type Contention, contend } from '../../support/contended-client.ts';
import { messageOf } from '../../support/messages.ts';
import { createRecordingRuntime } from '../../support/recording-runtime.ts';
import { stockUp } from '../../support/stock-up.ts';
import { tableDefinition } from '../../support/table-definition.ts';

const HOLD_MS = 8;
/** As prod has them: environments of a consumer, and messages that one takes at a time. */
const ENVIRONMENTS = 20;
const BATCH = 10;
const LAMBDA_MS = 30_000;

describe('a product that everybody wants', () => {
  let engine: Awaited<ReturnType<typeof startEngine>>;
  let client: DynamoDBClient;
  let table: Table;
  let contention: Contention;
  let opened = 0;
  beforeAll(async () => {
    engine = await startEngine();
  });
  beforeEach(async () => {
    opened += 1;
    const tableName = `hot-${opened}`;
    await engine.createTable(tableDefinition(tableName));
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'us-east-1', credentials });
    contention = contend(client, HOLD_MS);
    table = createDynamoTable({ tableName, client });
  });
  afterEach(() => client.destroy());
  afterAll(() => engine.stop());

  const { clock, ids } = createRecordingRuntime();
  const stocked = async (available: number): Promise<void> => {
    const deps = { table, clock, ids };
    await putProduct(
      deps,
      'tea',
      { name: 'Tea', price: { amount: 450, currency: 'EUR' } },
      { cause: { correlationId: 'c', causationId: 'r' } },
    );
    await stockUp(table, 'tea', available);
  };

  /** Takes batches from what waits until nothing does, as one environment of the consumer; notes after how many transactions each order is done. */
  const environment = async (orders: string[], doneAfter: number[]): Promise<void> => {
    const grouped = groupCommits(table);
    for (let batch = orders.splice(0, BATCH); batch.length > 0; batch = orders.splice(0, BATCH)) {
      const end = Date.now() + LAMBDA_MS;
      const deps = { table: withinTime(grouped, () => end - Date.now()), clock, ids };
      await Promise.all(
        batch.map(async (order) => {
          await reserveStock(deps, messageOf('ReserveStock.v1', order, 1), order, [{ sku: 'tea', quantity: 1 }]);
          doneAfter.push(contention.transactions);
        }),
      );
    }
  };

  const sellTo = async (buyers: number) => {
    const orders = Array.from({ length: buyers }, (_, number) => `o-${number}`);
    const waiting = [...orders];
    const before = contention.transactions;
    const doneAfter = [before];
    await Promise.all(Array.from({ length: ENVIRONMENTS }, () => environment(waiting, doneAfter)));
    const rows = await Promise.all(
      orders.map((order) => table.get(reservationAggregate.keyOf(order), { consistent: true })),
    );
    const count = (kind: string) => rows.filter((row) => row?.kind === kind).length;
    const idle = doneAfter.slice(1).map((count, position) => count - (doneAfter[position] ?? count));
    return {
      held: count('held'),
      rejected: count('rejected'),
      stock: await table.get(stockKey('tea'), { consistent: true }),
      transactions: contention.transactions - before,
      /** The most transactions between two orders that are done. */
      longestIdle: Math.max(...idle),
    };
  };

  it('is held for 200 who come at once when there is enough for all', async () => {
    await stocked(10_000);
    const { held, stock, transactions } = await sellTo(200);
    expect(held).toBe(200);
    expect(stock).toMatchObject({ available: 9_800, reserved: 200 });
    expect(transactions).toBeLessThan(400);
  });

  it('is held for five of 50 when there are five', async () => {
    await stocked(5);
    expect(await sellTo(50)).toMatchObject({ held: 5, rejected: 45, stock: { available: 0, reserved: 5 } });
  });

  it('goes on being sold while 1,000 want it', async () => {
    await stocked(900);
    const { held, rejected, stock, longestIdle } = await sellTo(1_000);
    expect({ held, rejected }).toEqual({ held: 900, rejected: 100 });
    expect(stock).toMatchObject({ available: 0, reserved: 900 });
    expect(longestIdle).toBeLessThan(100);
  }, 120_000);
});
