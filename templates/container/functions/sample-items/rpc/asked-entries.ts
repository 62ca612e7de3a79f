import type { MessageInitShape } from '@bufbuild/protobuf';
import type { JsonObject } from '../../../../../functions/kernel/values/json.ts';
import type {
  ListEntriesRequestSchema,
  ListEntriesResponse,
} from '../../../events/grpc/archipelago/sample_items/v1/sample_items_pb.ts';

/** The query of the route, checked. */
export interface AskedEntries {
  readonly prefix?: string | undefined;
  readonly limit?: string | undefined;
  /** What a task answered as the token of the next page. */
  readonly cursor?: string | undefined;
}

export const requestOf = ({
  prefix = '',
  limit,
  cursor = '',
}: AskedEntries): MessageInitShape<typeof ListEntriesRequestSchema> => ({
  prefix,
  pageSize: Number(limit ?? 0),
  pageToken: cursor,
});

export const bodyOf = ({ entries, total, nextPageToken }: ListEntriesResponse): JsonObject => ({
  items: entries.map(({ sku, name, price }) => ({
    sku,
    name,
    price: { amount: Number(price?.amount ?? 0), currency: price?.currency ?? '' },
  })),
  total,
  ...(nextPageToken !== '' && { next: nextPageToken }),
});
