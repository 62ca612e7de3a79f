import { quoteItemsV1 } from '../../events/contracts/catalog/quote-items.v1.ts';
import { createDynamoTable, createTableScan } from '../adapters/aws/dynamo-table.ts';
import { wireRelay as wireAnyRelay } from '../adapters/relay-ports.ts';
import { createRuntime, processEnvironment } from '../adapters/runtime.ts';
import { createServiceCalls } from '../adapters/service-calls.ts';
import { createTableCursors } from '../adapters/table-cursors.ts';
import { type Table, withinTime } from '../kernel/stores/table.ts';
import { baseEnvironment } from '../kernel/values/environment.ts';
import type { OrderDeps } from './commands/decide-order.ts';
import { withToken } from './commands/payment-token.ts';
import type { AskQuote } from './commands/place-order.ts';
import { ordersEnvironment, ordersOutboxEnvironment } from './environment.ts';
import { createOrderStore } from './rows/order-stream.ts';
import { createGenerations } from './rows/view-generations.ts';

export { wireOwnQueue } from '../adapters/aws/own-queue.ts';

export const runtime = createRuntime();

const wireEventTable = () => {
  const { eventTableName: tableName, vaultTableName: secretTableName } = processEnvironment(ordersEnvironment);
  return createDynamoTable({ tableName, secretTableName });
};

/** A payment token joins its command when that leaves. */
export const wireRelay = () => {
  const { outboxTableName: tableName, vaultTableName: secretTableName } = processEnvironment(ordersOutboxEnvironment);
  return { ...wireAnyRelay(), complete: withToken(createDynamoTable({ tableName, secretTableName }), runtime.clock) };
};

const ordersIn = (table: Table): OrderDeps => {
  const { patienceSeconds } = processEnvironment(ordersEnvironment);
  return { table, store: createOrderStore(table), clock: runtime.clock, ids: runtime.ids, patienceSeconds };
};

export const wireOrders = (): OrderDeps => ordersIn(wireEventTable());

/** For the orders of one customer that are placed at once: each checks the same row, so each waits for the others. */
export const wirePlacing = () => {
  const [table, askQuote] = [wireEventTable(), wireQuotes()];
  return (remainingMs: () => number) => ({
    ...ordersIn(withinTime(table, remainingMs)),
    random: runtime.random,
    askQuote,
  });
};

export const wireViews = () => createDynamoTable({ tableName: processEnvironment(ordersEnvironment).viewTableName });

export const wireGenerations = (views: Table) => createGenerations(views, runtime.clock);

/** What a check or a rebuild of the view reads as a whole. */
export const wireScans = () => {
  const { eventTableName, viewTableName } = processEnvironment(ordersEnvironment);
  return {
    streams: createTableScan({ tableName: eventTableName }),
    rows: createTableScan({ tableName: viewTableName }),
  };
};

/** The namespace has the prefix as its name. */
const wireQuotes = (): AskQuote => {
  const { prefix } = processEnvironment(baseEnvironment);
  const services = createServiceCalls({ namespace: prefix }, runtime);
  return (items, ask) => services.ask(quoteItemsV1, { items: [...items] }, ask);
};

/** The keys lie in the table of the list. */
export const wireCursors = (table: Table) => createTableCursors(table, runtime.clock);
