import type { Cause } from '../../kernel/messages/message.ts';
import { handleCommand } from '../../kernel/stores/command-handler.ts';
import { stateOf } from '../../kernel/stores/state-store.ts';
import type { Money } from '../../kernel/values/money.ts';
import type { Precondition } from '../../kernel/values/precondition.ts';
import { emptyStock, productAggregate } from '../rows/product-rows.ts';
import type { CatalogDeps } from './decide-reservation.ts';
import { productMessages } from './product-messages.ts';

export interface ProductDetails {
  readonly name: string;
  readonly price: Money;
}

export interface Putting {
  readonly cause: Cause;
  /** Throws Refused `stale` where it does not hold. */
  readonly precondition?: Precondition | undefined;
}

/** Answers the version after it, and whether the product is new. */
export const putProduct = async (
  deps: CatalogDeps,
  sku: string,
  details: ProductDetails,
  { cause, precondition }: Putting,
): Promise<{ readonly version: number; readonly isNew: boolean }> => {
  const { version, events } = await handleCommand({
    aggregate: stateOf(deps.table, productAggregate, sku),
    command: () => ({ type: 'PutProduct', sku, ...details }),
    precondition,
    publish: (change) => productMessages(change, cause, deps),
    also: ({ events, version }) =>
      version === 1 && events.length > 0 ? [{ write: emptyStock(sku), whenRefused: 'retry' }] : [],
  });
  return { version, isNew: version === 1 && events.length > 0 };
};
