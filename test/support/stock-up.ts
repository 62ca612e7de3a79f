import { stockKey } from '../../functions/catalog/rows/product-rows.ts';
import type { Table } from '../../functions/kernel/stores/table.ts';

/** Puts this much more of a product on the shelf. */
export const stockUp = async (table: Table, sku: string, available: number): Promise<void> => {
  const result = await table.commit([{ kind: 'adjust', key: stockKey(sku), add: { available } }]);
  if (result.kind !== 'committed') throw new Error(`there is no ${sku}`);
};
