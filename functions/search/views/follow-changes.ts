import { followChanges } from '../../kernel/stores/follow-changes.ts';
import type { Table } from '../../kernel/stores/table.ts';
import type { StoredListing } from '../domain/listing.ts';
import { changesIndex, readListing } from '../rows/listing-rows.ts';

/** Follows every product in the table. */
export const createFollower = (table: Pick<Table, 'query'>, take: (stored: StoredListing) => boolean) =>
  followChanges(table, changesIndex, (row) => take(readListing(row)));
