import { notFound, Refused } from '../../kernel/values/errors.ts';
import { productKey, stockKey } from '../rows/product-rows.ts';
import type { CatalogDeps } from './decide-reservation.ts';

/** Adds to the stock, or takes from it when `delta` is negative. Throws Refused `not_found` or `conflict`. */
export const adjustStock = async ({ table }: CatalogDeps, sku: string, delta: number): Promise<void> => {
  const result = await table.commit([
    { kind: 'check', key: productKey(sku) },
    { kind: 'adjust', key: stockKey(sku), add: { available: delta }, atLeast: 0 },
  ]);
  if (result.kind === 'committed') return;
  if (result.refused.includes(0)) throw new Refused(notFound('product'));
  throw new Refused({
    outcome: 'conflict',
    code: 'stock-below-zero',
    detail: 'The stock would go below zero.',
    fields: [{ pointer: '#/delta', detail: 'takes more than is available' }],
  });
};
