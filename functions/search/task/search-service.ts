import type { ServiceImpl } from '@connectrpc/connect';
import type { SearchService } from '../../../events/grpc/archipelago/search/v1/search_pb.ts';
import type { Cursors } from '../../kernel/values/cursor.ts';
import type { SearchPage, SearchQuery } from '../domain/search-query.ts';
import type { ProductIndex } from '../index/product-index.ts';
import { messageOf, passOverOf, positionOf, queryOf, scopeOf, sizeOf } from '../rpc/search-messages.ts';

/** Calls back whenever the index has changed, until the signal. */
export type Changes = (signal: AbortSignal) => AsyncIterable<unknown>;

/** The service over an index. */
export const createSearchService = (
  index: ProductIndex,
  changes: Changes,
  cursors: Cursors,
): ServiceImpl<typeof SearchService> => {
  const watched = (query: SearchQuery, size: number): SearchPage => index.search(query, { size, passOver: 0 });
  return {
    search: async ({ query: asked, pageSize, pageToken }) => {
      const [query, size] = [queryOf(asked), sizeOf(pageSize)];
      const scope = scopeOf(query);
      const passOver = pageToken === '' ? 0 : passOverOf(await cursors.read(pageToken, scope));
      const { products, total, next } = index.search(query, { size, passOver });
      const nextPageToken = next === undefined ? '' : await cursors.write(positionOf(next), scope);
      return { products: products.map(messageOf), total, nextPageToken };
    },
    async *watch({ query: asked, pageSize }, { signal }) {
      const [query, size] = [queryOf(asked), sizeOf(pageSize)];
      let last = '';
      for await (const _ of changes(signal)) {
        const { products, total } = watched(query, size);
        const now = JSON.stringify([products, total]);
        if (now !== last) yield { products: products.map(messageOf), total };
        last = now;
      }
      signal.throwIfAborted();
    },
  };
};
