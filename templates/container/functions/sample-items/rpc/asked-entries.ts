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
}

/** Whose list a cursor goes on: another prefix has other pages. */
export const scopeOf = ({ prefix = '' }: AskedEntries): string => JSON.stringify(['sample-items', prefix]);

export const requestOf = (
  { prefix = '', limit }: AskedEntries,
  position: JsonObject | undefined,
): MessageInitShape<typeof ListEntriesRequestSchema> => ({
  prefix,
  pageSize: Number(limit ?? 0),
  pageToken: typeof position?.token === 'string' ? position.token : '',
});

/** The body of the answer; `cursorOf` makes a cursor of where the next page begins. */
export const bodyOf = (
  { entries, total, nextPageToken }: ListEntriesResponse,
  cursorOf: (position: JsonObject) => string,
): JsonObject => ({
  items: entries.map(({ sku, name, price }) => ({
    sku,
    name,
    price: { amount: Number(price?.amount ?? 0), currency: price?.currency ?? '' },
  })),
  total,
  ...(nextPageToken !== '' && { next: cursorOf({ token: nextPageToken }) }),
});
