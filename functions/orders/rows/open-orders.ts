import { everyItem, type Table } from '../../kernel/stores/table.ts';
import type { JsonObject } from '../../kernel/values/json.ts';

/** An order that waits for something, as far as its view says. */
export interface OpenOrder {
  readonly orderId: string;
  /** RFC 3339, UTC. */
  readonly placedAt: string;
}

/** So many that none is written to too often. */
const PARTITIONS = 10;
const PAGE = 1_000;

const partition = (number: number): string => `OPEN#${number}`;

const partitionOf = (orderId: string): string => {
  const sum = [...orderId].reduce((total, character) => total + (character.codePointAt(0) ?? 0), 0);
  return partition(sum % PARTITIONS);
};

/** Lists an open order by its age alone: what it waits for may change without a write to the index. */
export const openKeys = ({ orderId, placedAt }: OpenOrder): JsonObject => ({
  gsi2pk: partitionOf(orderId),
  gsi2sk: placedAt,
});

/** Oldest first. The view of an order may lag behind its stream, or never have been written. */
export const openOrders = async (views: Pick<Table, 'query'>): Promise<readonly OpenOrder[]> => {
  // While a copy of the view is made, an order has a row in each.
  const found = new Map<string, OpenOrder>();
  for (let number = 0; number < PARTITIONS; number += 1) {
    const query = { index: 'gsi2', pk: partition(number), limit: PAGE } as const;
    for await (const { sk, gsi2sk } of everyItem(views, query)) {
      const orderId = sk.replace(/^ORDER#/, '');
      found.set(orderId, { orderId, placedAt: String(gsi2sk) });
    }
  }
  return [...found.values()].sort((one, other) => Date.parse(one.placedAt) - Date.parse(other.placedAt));
};
