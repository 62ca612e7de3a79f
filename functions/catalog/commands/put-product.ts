import type { Cause } from '../../kernel/messages/message.ts';
import { handleCommand } from '../../kernel/stores/command-handler.ts';
import { stateOf } from '../../kernel/stores/state-store.ts';
import type { Money } from '../../kernel/values/money.ts';
import { emptyStock, productAggregate } from '../rows/product-rows.ts';
import type { CatalogDeps } from './decide-reservation.ts';
import { productMessages } from './product-messages.ts';

export interface ProductDetails {
  readonly name: string;
  readonly price: Money;
}

export interface Putting {
  readonly cause: Cause;
  /** The version that is meant to change; a product at another one throws Refused `stale`. */
  readonly expectedVersion?: number | undefined;
}

/** Answers the version after it, and whether the product is new. */
export const putProduct = async (
  deps: CatalogDeps,
  sku: string,
  details: ProductDetails,
  { cause, expectedVersion }: Putting,
): Promise<{ readonly version: number; readonly isNew: boolean }> => {
  const { version, events } = await handleCommand({
    aggregate: stateOf(deps.table, productAggregate, sku),
    command: () => ({ type: 'PutProduct', sku, ...details }),
    expectedVersion,
    publish: (change) => productMessages(change, cause, deps),
    also: ({ events, version }) =>
      version === 1 && events.length > 0 ? [{ write: emptyStock(sku), whenRefused: 'retry' }] : [],
  });
  return { version, isNew: version === 1 && events.length > 0 };
};
