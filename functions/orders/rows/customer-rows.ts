import type { Effect } from '../../kernel/stores/aggregate.ts';
import { everyItem, type Table, type Write } from '../../kernel/stores/table.ts';
import type { Refusal } from '../../kernel/values/errors.ts';

const customer = (userId: string): string => `CUSTOMER#${userId}`;

const ORDER = 'ORDER#';
const PAGE = 100;

const gone: Refusal = { outcome: 'forbidden', code: 'user-erased', detail: 'This user is erased.' };

/**
 * In the commit that places an order: the order is listed under its customer, and the customer is not erased. So an
 * erasure, which first forbids and then lists consistently, misses no order.
 */
export const customerEffects = (userId: string, orderId: string): readonly Effect[] => [
  {
    write: {
      kind: 'insert',
      item: { pk: customer(userId), sk: `${ORDER}${orderId}`, kind: 'customer-order', orderId },
    },
    whenRefused: 'retry',
  },
  { write: { kind: 'absent', key: { pk: customer(userId), sk: 'ERASED' } }, whenRefused: gone },
];

/** From its commit on the customer can place no order. Refused when it was written before, which changes nothing. */
export const forbidCustomer = (userId: string): Write => ({
  kind: 'insert',
  item: { pk: customer(userId), sk: 'ERASED', kind: 'customer-erased' },
});

export async function* ordersOfCustomer(table: Table, userId: string): AsyncGenerator<string> {
  const query = { pk: customer(userId), skPrefix: ORDER, limit: PAGE, consistent: true };
  for await (const { orderId } of everyItem(table, query)) yield String(orderId);
}
