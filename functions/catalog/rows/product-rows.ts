import type { StateAggregate } from '../../kernel/stores/state-store.ts';
import type { Item, Key, Write } from '../../kernel/stores/table.ts';
import type { JsonObject } from '../../kernel/values/json.ts';
import type { Product, ProductChanged, PutProduct } from '../domain/product.ts';
import { productDecider } from '../domain/product-decider.ts';
import type { Line } from '../domain/reservation.ts';

/** Both rows of a product lie side by side in the table and in the index, so that one query reads a whole page. */
const LISTING = 'PRODUCTS';

export const productKey = (sku: string): Key => ({ pk: `PRODUCT#${sku}`, sk: 'PRODUCT' });

export const stockKey = (sku: string): Key => ({ pk: `PRODUCT#${sku}`, sk: 'STOCK' });

export const listingOf = { index: 'gsi1', pk: LISTING } as const;

export const productAggregate: StateAggregate<PutProduct, ProductChanged, Product> = {
  decider: productDecider,
  keyOf: productKey,
  toAttributes: (product) =>
    product.kind === 'absent'
      ? {}
      : {
          sku: product.sku,
          name: product.name,
          amount: product.price.amount,
          currency: product.price.currency,
          gsi1pk: LISTING,
          gsi1sk: `${product.sku}#PRODUCT`,
        },
  fromItem: (item) => ({
    kind: 'listed',
    sku: String(item.sku),
    name: String(item.name),
    price: { amount: Number(item.amount), currency: String(item.currency) },
  }),
};

export const emptyStock = (sku: string): Write => ({
  kind: 'insert',
  item: { ...stockKey(sku), sku, available: 0, reserved: 0, version: 0, gsi1pk: LISTING, gsi1sk: `${sku}#STOCK` },
});

/** The members by which the row of a stock says itself what became of it. */
export type SaysSo = (sku: string) => JsonObject;

/** Adds to what is available. Rows of earlier releases have no version; it begins with their first change. */
export const addStock = (sku: string, available: number, saysSo: SaysSo): Write => ({
  kind: 'adjust',
  key: stockKey(sku),
  add: { available, version: 1 },
  atLeast: 0,
  set: saysSo(sku),
});

/**
 * Refused when it would take more than is available. `reserved` is what open and confirmed orders hold: nothing is shipped
 * here, so a confirmed order holds its goods for good, and supplied = available + reserved at every moment.
 */
export const holdStock = ({ sku, quantity }: Line, saysSo: SaysSo): Write => ({
  kind: 'adjust',
  key: stockKey(sku),
  add: { available: -quantity, reserved: quantity, version: 1 },
  atLeast: 0,
  set: saysSo(sku),
});

export const returnStock = ({ sku, quantity }: Line, saysSo: SaysSo): Write => ({
  kind: 'adjust',
  key: stockKey(sku),
  add: { available: quantity, reserved: -quantity, version: 1 },
  set: saysSo(sku),
});

export const availableOf = (stock: Item | undefined): number =>
  typeof stock?.available === 'number' ? stock.available : 0;
