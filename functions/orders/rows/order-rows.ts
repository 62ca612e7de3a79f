import type { Item, Key, Query, Write } from '../../kernel/stores/table.ts';
import type { JsonObject } from '../../kernel/values/json.ts';
import { openKeys } from './open-orders.ts';

/** A view as its row keeps it: by these members the row is found, sorted and replaced. */
type RowView = JsonObject & {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly placedAt: string;
  readonly waitsFor?: readonly string[];
};

/** Order ids are ULIDs, so a customer's orders lie in the order in which they were placed. */
export const viewKey = (userId: string, orderId: string): Key => ({ pk: `USER#${userId}`, sk: `ORDER#${orderId}` });

/** With a status the index by (customer, status), else the customer's orders themselves. */
export const ordersOf = (userId: string, status?: string): Pick<Query, 'pk' | 'index'> =>
  status === undefined ? { pk: `USER#${userId}` } : { pk: `USER#${userId}#${status}`, index: 'gsi1' };

const rowOf = (userId: string, view: RowView): Item => ({
  ...viewKey(userId, view.id),
  gsi1pk: `USER#${userId}#${view.status}`,
  gsi1sk: view.id,
  ...(view.waitsFor === undefined ? {} : openKeys({ orderId: view.id, placedAt: view.placedAt })),
  version: view.version,
  view,
});

/** Writes a newer view over the one that is there; the version in place decides, so that a late copy changes nothing. */
export const viewWrite = (userId: string, view: RowView, inPlace: number | undefined): Write =>
  inPlace === undefined
    ? { kind: 'insert', item: rowOf(userId, view) }
    : { kind: 'put', item: rowOf(userId, view), expectedVersion: inPlace };
