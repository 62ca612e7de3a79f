import type { Money } from '../../kernel/values/money.ts';

/** What is known of a product here, each part with the version of what it was learned from; 0 for not yet. */
export interface Listing {
  readonly sku: string;
  readonly product?: { readonly name: string; readonly price: Money };
  readonly productVersion: number;
  readonly available: number;
  readonly stockVersion: number;
}

/** A listing as its row holds it: each change of the row raises the version. */
export interface StoredListing {
  readonly listing: Listing;
  readonly version: number;
}

export type Change =
  | {
      readonly kind: 'product';
      readonly sku: string;
      readonly name: string;
      readonly price: Money;
      readonly version: number;
    }
  | { readonly kind: 'stock'; readonly sku: string; readonly available: number; readonly version: number }
  /** As catalog's list shows it, which does not say which change of the stock it was: it counts until a change says more. */
  | { readonly kind: 'first-stock'; readonly sku: string; readonly available: number };

const unknown = (sku: string): Listing => ({ sku, productVersion: 0, available: 0, stockVersion: 0 });

/** The listing after a change; undefined when it says nothing new, for it came late or came before. */
export const afterChange = (known: Listing | undefined, change: Change): Listing | undefined => {
  const listing = known ?? unknown(change.sku);
  switch (change.kind) {
    case 'product': {
      const { name, price, version: productVersion } = change;
      return productVersion > listing.productVersion
        ? { ...listing, product: { name, price }, productVersion }
        : undefined;
    }
    case 'stock': {
      const { available, version: stockVersion } = change;
      return stockVersion > listing.stockVersion ? { ...listing, available, stockVersion } : undefined;
    }
    case 'first-stock': {
      const { available } = change;
      return listing.stockVersion === 0 && available !== listing.available ? { ...listing, available } : undefined;
    }
  }
};
