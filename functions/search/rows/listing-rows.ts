import { type ChangesIndex, changeKey } from '../../kernel/stores/follow-changes.ts';
import type { Item, Key } from '../../kernel/stores/table.ts';
import { isObject } from '../../kernel/values/json.ts';
import type { StoredListing } from '../domain/listing.ts';

/** Every product by when it was written last: a task reads from there what it does not know yet. */
export const changesIndex = { index: 'gsi1', pk: 'CHANGED' } as const satisfies ChangesIndex;

export const listingKey = (sku: string): Key => ({ pk: `PRODUCT#${sku}`, sk: 'PRODUCT' });

export const listingRow = ({ listing, version }: StoredListing, changedAt: string): Item => {
  const { sku, product, productVersion, available, stockVersion } = listing;
  return {
    ...listingKey(sku),
    sku,
    ...(product && { product: { name: product.name, amount: product.price.amount, currency: product.price.currency } }),
    productVersion,
    available,
    stockVersion,
    version,
    gsi1pk: changesIndex.pk,
    gsi1sk: changeKey(changedAt, sku),
  };
};

export const readListing = (item: Item): StoredListing => {
  const { product } = item;
  return {
    version: Number(item.version),
    listing: {
      sku: String(item.sku),
      ...(isObject(product) && {
        product: {
          name: String(product.name),
          price: { amount: Number(product.amount), currency: String(product.currency) },
        },
      }),
      productVersion: Number(item.productVersion),
      available: Number(item.available),
      stockVersion: Number(item.stockVersion),
    },
  };
};
