import type { Effect } from '../../kernel/stores/aggregate.ts';
import { messageMembers } from '../../kernel/stores/derived-messages.ts';
import type { Departure } from '../../kernel/stores/outbox.ts';
import type { Table, Write } from '../../kernel/stores/table.ts';
import type { Refusal } from '../../kernel/values/errors.ts';

const customer = (userId: string): string => `CUSTOMER#${userId}`;

const ORDER = 'ORDER#';

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

/** At most `limit` orders, newest first, from the one before `before` on. */
export const ordersOfCustomer = async (
  table: Table,
  userId: string,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
): Promise<{ readonly ids: readonly string[]; readonly isMore: boolean }> => {
  const pk = customer(userId);
  const start = before === undefined ? {} : { start: { pk, sk: `${ORDER}${before}` } };
  const query = { pk, skPrefix: ORDER, limit, newestFirst: true, consistent: true, ...start };
  const { items, next } = await table.query(query);
  return { ids: items.map(({ orderId }) => String(orderId)), isMore: next !== undefined };
};

const PAGE_DIGITS = 8;

/**
 * Says that a page of a customer's orders was asked to be cancelled, and asks. Refused for the second copy of the request
 * before it.
 */
export const erasurePage = (userId: string, page: number, asking: Departure): Write => ({
  kind: 'insert',
  item: {
    pk: customer(userId),
    sk: `ERASURE#${String(page).padStart(PAGE_DIGITS, '0')}`,
    kind: 'erasure-page',
    version: page + 1,
    ...messageMembers([asking]),
  },
});
