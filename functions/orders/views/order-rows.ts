import type { Item, Key, Query, Write } from '../../kernel/stores/table.ts';
import type { ExistingOrder } from '../domain/order.ts';
import { type OrderStatus, orderView } from './order-view.ts';

/** Order ids are ULIDs, so a customer's orders lie in the order in which they were placed. */
export const viewKey = (userId: string, orderId: string): Key => ({ pk: `USER#${userId}`, sk: `ORDER#${orderId}` });

/** With a status the index by (customer, status), else the customer's orders themselves. */
export const ordersOf = (userId: string, status?: OrderStatus): Pick<Query, 'pk' | 'index'> =>
  status === undefined ? { pk: `USER#${userId}` } : { pk: `USER#${userId}#${status}`, index: 'gsi1' };

const rowOf = (order: ExistingOrder, version: number): Item => {
  const view = orderView(order, version);
  const { userId, orderId } = order.placed;
  return { ...viewKey(userId, orderId), gsi1pk: `USER#${userId}#${view.status}`, gsi1sk: orderId, version, view };
};

/** Writes a newer view over the one that is there; the version in place decides, so that a late copy changes nothing. */
export const viewWrite = (order: ExistingOrder, version: number, inPlace: number | undefined): Write =>
  inPlace === undefined
    ? { kind: 'insert', item: rowOf(order, version) }
    : { kind: 'put', item: rowOf(order, version), expectedVersion: inPlace };
