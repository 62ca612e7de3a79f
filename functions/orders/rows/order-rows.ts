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

/** A row of the view, whichever copy of it (`Generations`). The first copy has no number in its keys. */
export interface RowName {
  readonly generation: number;
  readonly userId: string;
  readonly orderId: string;
}

/** No id of a user holds a `#`. */
const partition = (generation: number, userId: string): string =>
  `USER#${userId}${generation === 0 ? '' : `#${generation}`}`;

/** Order ids are ULIDs, so a customer's orders lie in the order in which they were placed. */
export const viewKey = ({ generation, userId, orderId }: RowName): Key => ({
  pk: partition(generation, userId),
  sk: `ORDER#${orderId}`,
});

/** The generation that a key of the table belongs to; undefined for the key of another kind of row. */
export const generationOf = ({ pk }: Key): number | undefined => {
  const [row, generation = 0] = /^USER#[^#]*(?:#(\d+))?$/.exec(pk) ?? [];
  return row === undefined ? undefined : Number(generation);
};

/** With a status the index by (customer, status), else the customer's orders themselves. */
export const ordersOf = (generation: number, userId: string, status?: string): Pick<Query, 'pk' | 'index'> => {
  const pk = partition(generation, userId);
  return status === undefined ? { pk } : { pk: `${pk}#${status}`, index: 'gsi1' };
};

/** Where a page of `ordersOf` goes on, wherever the page before was read: a copy may have taken the place of another. */
export const startIn = (generation: number, userId: string, query: Pick<Query, 'pk' | 'index'>, start: JsonObject) => ({
  ...start,
  pk: partition(generation, userId),
  ...(query.index && { gsi1pk: query.pk }),
});

const rowOf = (name: RowName, view: RowView): Item => ({
  ...viewKey(name),
  gsi1pk: `${partition(name.generation, name.userId)}#${view.status}`,
  gsi1sk: view.id,
  ...(view.waitsFor === undefined ? {} : openKeys({ orderId: view.id, placedAt: view.placedAt })),
  version: view.version,
  view,
});

/** Writes a newer view over the one that is there; the version in place decides, so that a late copy changes nothing. */
export const viewWrite = (name: RowName, view: RowView, inPlace: number | undefined): Write =>
  inPlace === undefined
    ? { kind: 'insert', item: rowOf(name, view) }
    : { kind: 'put', item: rowOf(name, view), expectedVersion: inPlace };
