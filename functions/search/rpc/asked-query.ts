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
  /** What a task answered as the token of the next page. */
  readonly cursor?: string | undefined;
}

export const requestOf = ({
  q,
  inStock,
  maxPrice,
  currency,
  limit,
  cursor = '',
}: AskedQuery): MessageInitShape<typeof SearchRequestSchema> => ({
  query: {
    text: q,
    inStock: inStock === 'true',
    ...(maxPrice !== undefined && { maxPrice: BigInt(maxPrice) }),
    ...(currency !== undefined && { currency }),
  },
  pageSize: Number(limit ?? 0),
  pageToken: cursor,
});

export const bodyOf = ({ products, total, nextPageToken }: SearchResponse): JsonObject => ({
  items: products.map(({ sku, name, price, available, highlights }) => ({
    sku,
    name,
    price: { amount: Number(price?.amount ?? 0), currency: price?.currency ?? '' },
    available: Number(available),
    highlights: highlights.map(({ start, end }) => ({ start, end })),
  })),
  total,
  ...(nextPageToken !== '' && { next: nextPageToken }),
});
