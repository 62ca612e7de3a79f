import type { MessageInitShape } from '@bufbuild/protobuf';
import type { SearchRequestSchema, SearchResponse } from '../../../events/grpc/archipelago/search/v1/search_pb.ts';
import type { JsonObject } from '../../kernel/values/json.ts';

/** The query of the route, checked. */
export interface AskedQuery {
  readonly q: string;
  readonly inStock?: 'true' | 'false' | undefined;
  readonly maxPrice?: string | undefined;
  readonly currency?: string | undefined;
  readonly limit?: string | undefined;
}

/** Whose list a cursor goes on: another query has other pages. */
export const scopeOf = ({ q, inStock = 'false', maxPrice = '', currency = '' }: AskedQuery): string =>
  JSON.stringify(['search', q, inStock, maxPrice, currency]);

export const requestOf = (
  { q, inStock, maxPrice, currency, limit }: AskedQuery,
  position: JsonObject | undefined,
): MessageInitShape<typeof SearchRequestSchema> => ({
  query: {
    text: q,
    inStock: inStock === 'true',
    ...(maxPrice !== undefined && { maxPrice: BigInt(maxPrice) }),
    ...(currency !== undefined && { currency }),
  },
  pageSize: Number(limit ?? 0),
  pageToken: typeof position?.token === 'string' ? position.token : '',
});

/** The body of the answer; `cursorOf` makes a cursor of where the next page begins. */
export const bodyOf = (
  { products, total, nextPageToken }: SearchResponse,
  cursorOf: (position: JsonObject) => string,
): JsonObject => ({
  items: products.map(({ sku, name, price, available, highlights }) => ({
    sku,
    name,
    price: { amount: Number(price?.amount ?? 0), currency: price?.currency ?? '' },
    available: Number(available),
    highlights: highlights.map(({ start, end }) => ({ start, end })),
  })),
  total,
  ...(nextPageToken !== '' && { next: cursorOf({ token: nextPageToken }) }),
});
