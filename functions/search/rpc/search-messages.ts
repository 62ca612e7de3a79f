import type { MessageInitShape } from '@bufbuild/protobuf';
import type { FoundProductSchema } from '../../../events/grpc/archipelago/search/v1/product_pb.ts';
import type { Query } from '../../../events/grpc/archipelago/search/v1/search_pb.ts';
import { invalidCursor } from '../../kernel/values/cursor.ts';
import { Refused } from '../../kernel/values/errors.ts';
import type { JsonObject } from '../../kernel/values/json.ts';
import type { Found, SearchQuery } from '../domain/search-query.ts';

const DEFAULT_PAGE = 20;
const MAX_PAGE = 100;
const MAX_TEXT = 100;

const invalid = (code: string, detail: string): Refused => new Refused({ outcome: 'invalid', code, detail });

/** How many products a page has. */
export const sizeOf = (pageSize: number): number => {
  if (pageSize < 0 || pageSize > MAX_PAGE) throw invalid('invalid-page-size', `A page has 1 to ${MAX_PAGE} products.`);
  return pageSize === 0 ? DEFAULT_PAGE : pageSize;
};

/** Where a page begins, as it stands in a cursor. */
export const positionOf = (passOver: number): JsonObject => ({ passOver });

/** Throws Refused `invalid-cursor`. */
export const passOverOf = ({ passOver }: JsonObject): number => {
  if (typeof passOver !== 'number') throw new Refused(invalidCursor);
  return passOver;
};

/** What a cursor goes on with: another query has other pages. */
export const scopeOf = ({ text, inStock, maxPrice, currency }: SearchQuery): string =>
  JSON.stringify(['search', text, inStock, maxPrice ?? '', currency ?? '']);

export const queryOf = (query: Query | undefined): SearchQuery => {
  const { text = '', inStock = false, maxPrice, currency } = query ?? {};
  if (text.trim() === '' || text.length > MAX_TEXT)
    throw invalid('invalid-query', `A query has 1 to ${MAX_TEXT} characters.`);
  return {
    text,
    inStock,
    ...(maxPrice !== undefined && { maxPrice: Number(maxPrice) }),
    ...(currency !== undefined && { currency }),
  };
};

export const messageOf = ({
  sku,
  name,
  price,
  available,
  highlights,
}: Found): MessageInitShape<typeof FoundProductSchema> => ({
  sku,
  name,
  price: { amount: BigInt(price.amount), currency: price.currency },
  available: BigInt(available),
  highlights: highlights.map(({ start, end }) => ({ start, end })),
});
