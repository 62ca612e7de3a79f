import type { ServiceImpl } from '@connectrpc/connect';
import type { SearchService } from '../../../events/grpc/archipelago/search/v1/search_pb.ts';
import type { SearchPage, SearchQuery } from '../domain/search-query.ts';
import type { ProductIndex } from '../index/product-index.ts';
import { messageOf, passOverOf, queryOf, sizeOf } from '../rpc/search-messages.ts';

/** Calls back whenever the index has changed, until the signal. */
export type Changes = (signal: AbortSignal) => AsyncIterable<unknown>;

/** The service over an index. */
export const createSearchService = (index: ProductIndex, changes: Changes): ServiceImpl<typeof SearchService> => {
  const watched = (query: SearchQuery, size: number): SearchPage => index.search(query, { size, passOver: 0 });
  return {
    search: ({ query, pageSize, pageToken }) => {
      const { products, total, next } = index.search(queryOf(query), {
        size: sizeOf(pageSize),
        passOver: passOverOf(pageToken),
      });
      return { products: products.map(messageOf), total, nextPageToken: next === undefined ? '' : String(next) };
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
