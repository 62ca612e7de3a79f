import type { Table } from '../../kernel/stores/table.ts';
import { isObject, type JsonObject } from '../../kernel/values/json.ts';
import { ordersOf } from '../rows/order-rows.ts';
import type { OrderStatus } from './order-view.ts';

export interface OrderPage {
  readonly items: readonly JsonObject[];
  readonly next?: JsonObject;
}

/** The customer's own, newest first. */
export const listOrders = async (
  views: Table,
  userId: string,
  {
    status,
    limit,
    start,
  }: { readonly status?: OrderStatus | undefined; readonly limit: number; readonly start?: JsonObject | undefined },
): Promise<OrderPage> => {
  const page = await views.query({ ...ordersOf(userId, status), limit, newestFirst: true, ...(start && { start }) });
  const items = page.items.map(({ view }) => view).filter(isObject);
  return page.next ? { items, next: page.next } : { items };
};
