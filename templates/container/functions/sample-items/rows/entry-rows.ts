import { type ChangesIndex, changeKey } from '../../../../../functions/kernel/stores/follow-changes.ts';
import type { Item, Key } from '../../../../../functions/kernel/stores/table.ts';
import { isObject } from '../../../../../functions/kernel/values/json.ts';
import type { Entry } from '../domain/entry.ts';

/** Every product by when it was written last: a task reads from there what it does not know yet. */
export const changesIndex = { index: 'gsi1', pk: 'CHANGED' } as const satisfies ChangesIndex;

export const entryKey = (sku: string): Key => ({ pk: `PRODUCT#${sku}`, sk: 'PRODUCT' });

export const entryRow = ({ sku, name, price, version }: Entry, changedAt: string): Item => ({
  ...entryKey(sku),
  sku,
  name,
  price: { amount: price.amount, currency: price.currency },
  version,
  gsi1pk: changesIndex.pk,
  gsi1sk: changeKey(changedAt, sku),
});

export const readEntry = ({ sku, name, price, version }: Item): Entry => {
  const { amount, currency } = isObject(price) ? price : {};
  return {
    sku: String(sku),
    name: String(name),
    price: { amount: Number(amount), currency: String(currency) },
    version: Number(version),
  };
};
