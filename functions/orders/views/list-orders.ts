import type { Table } from '../../kernel/stores/table.ts';
import { isObject, type JsonObject } from '../../kernel/values/json.ts';
import { ordersOf, startIn } from '../rows/order-rows.ts';
import type { OrderStatus } from './order-view.ts';

export interface OrderPage {
  readonly items: readonly JsonObject[];
  readonly next?: JsonObject;
}

export interface ListedOrders {
  readonly userId: string;
  /** Of the view. */
  readonly generation: number;
  readonly status?: OrderStatus | undefined;
  readonly limit: number;
  readonly start?: JsonObject | undefined;
}

/** The customer's own, newest first. */
export const listOrders = async (
  views: Table,
  { userId, generation, status, limit, start }: ListedOrders,
): Promise<OrderPage> => {
  const of = ordersOf(generation, userId, status);
  const page = await views.query({
    ...of,
    limit,
    newestFirst: true,
    ...(start && { start: startIn(generation, userId, of, start) }),
  });
  const items = page.items.map(({ view }) => view).filter(isObject);
  return page.next ? { items, next: page.next } : { items };
};
