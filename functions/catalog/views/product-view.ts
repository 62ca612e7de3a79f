import type { Item, Table } from '../../kernel/stores/table.ts';
import { notFound, Refused } from '../../kernel/values/errors.ts';
import type { JsonObject } from '../../kernel/values/json.ts';
import type { Line } from '../domain/reservation.ts';
import { availableOf, listingOf, productKey } from '../rows/product-rows.ts';

export interface ProductView {
  readonly sku: string;
  readonly name: string;
  readonly price: { readonly amount: number; readonly currency: string };
  readonly available: number;
  readonly version: number;
}

const viewOf = (product: Item, stock: Item | undefined): ProductView => ({
  sku: String(product.sku),
  name: String(product.name),
  price: { amount: Number(product.amount), currency: String(product.currency) },
  available: availableOf(stock),
  version: Number(product.version),
});

const viewsOf = (items: readonly Item[]): readonly ProductView[] =>
  items
    .filter((item) => item.sk === 'PRODUCT')
    .map((product) =>
      viewOf(
        product,
        items.find((item) => item.sk === 'STOCK' && item.sku === product.sku),
      ),
    );

/** Throws Refused `not_found`. */
export const requireProduct = async (table: Table, sku: string): Promise<ProductView> => {
  const { items } = await table.query({ pk: productKey(sku).pk, limit: 2, consistent: true });
  const [product] = viewsOf(items);
  if (!product) throw new Refused(notFound('product'));
  return product;
};

/** A page by sku. The index holds two rows a product, next to each other. */
export const listProducts = async (
  table: Table,
  limit: number,
  start: JsonObject | undefined,
): Promise<{ readonly items: readonly ProductView[]; readonly next?: JsonObject }> => {
  const page = await table.query({ ...listingOf, limit: limit * 2, ...(start ? { start } : {}) });
  return { items: viewsOf(page.items), ...(page.next ? { next: page.next } : {}) };
};

/** The price of each line that is sold, as of now, and the skus that are not. */
export const quote = async (table: Table, lines: readonly Line[]) => {
  const products = await Promise.all(lines.map(({ sku }) => table.get(productKey(sku), { consistent: true })));
  const quoted = lines.map((line, index) => ({ line, product: products[index] }));
  return {
    items: quoted.flatMap(({ line: { sku, quantity }, product }) =>
      product ? [{ sku, quantity, price: viewOf(product, undefined).price }] : [],
    ),
    unknown: quoted.filter(({ product }) => !product).map(({ line }) => line.sku),
  };
};
