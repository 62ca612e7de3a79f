import type { Cause } from '../../kernel/messages/message.ts';
import { handleCommand } from '../../kernel/stores/command-handler.ts';
import { stateOf } from '../../kernel/stores/state-store.ts';
import { notFound, Refused } from '../../kernel/values/errors.ts';
import type { Money } from '../../kernel/values/money.ts';
import { emptyStock, productAggregate, productKey, stockKey } from '../rows/product-rows.ts';
import type { CatalogDeps } from './decide-reservation.ts';
import { productMessages } from './product-messages.ts';

export interface ProductDetails {
  readonly name: string;
  readonly price: Money;
}

/** Answers the version after it, and whether the product is new. */
export const putProduct = async (
  deps: CatalogDeps,
  sku: string,
  details: ProductDetails,
  cause: Cause,
): Promise<{ readonly version: number; readonly isNew: boolean }> => {
  const { version, events } = await handleCommand({
    aggregate: stateOf(deps.table, productAggregate, sku),
    command: () => ({ type: 'PutProduct', sku, ...details }),
    publish: (change) => productMessages(change, cause, deps),
    also: ({ events, version }) =>
      version === 1 && events.length > 0 ? [{ write: emptyStock(sku), whenRefused: 'retry' }] : [],
  });
  return { version, isNew: version === 1 && events.length > 0 };
};

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
