import type { ServiceImpl } from '@connectrpc/connect';
import type { SampleItemsService } from '../../../events/grpc/archipelago/sample_items/v1/sample_items_pb.ts';
import type { EntryIndex } from '../index/entry-index.ts';
import { messageOf, queryOf } from '../rpc/entry-messages.ts';

/** The service over an index. */
export const createSampleItemsService = (index: EntryIndex): ServiceImpl<typeof SampleItemsService> => ({
  listEntries: (request) => {
    const { entries, total, next = '' } = index.list(queryOf(request));
    return { entries: entries.map(messageOf), total, nextPageToken: next };
  },
});
