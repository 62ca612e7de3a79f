import type { ServiceImpl } from '@connectrpc/connect';
import type { Cursors } from '../../../../../functions/kernel/values/cursor.ts';
import type { SampleItemsService } from '../../../events/grpc/archipelago/sample_items/v1/sample_items_pb.ts';
import type { EntryIndex } from '../index/entry-index.ts';
import { afterIn, messageOf, positionOf, queryOf, scopeOf } from '../rpc/entry-messages.ts';

/** The service over an index. */
export const createSampleItemsService = (
  index: EntryIndex,
  cursors: Cursors,
): ServiceImpl<typeof SampleItemsService> => ({
  listEntries: async ({ prefix, pageSize, pageToken }) => {
    const scope = scopeOf({ prefix });
    const after = pageToken === '' ? '' : afterIn(await cursors.read(pageToken, scope));
    const { entries, total, next } = index.list(queryOf({ prefix, pageSize }, after));
    const nextPageToken = next === undefined ? '' : await cursors.write(positionOf(next), scope);
    return { entries: entries.map(messageOf), total, nextPageToken };
  },
});
