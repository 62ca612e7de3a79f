import { followChanges } from '../../../../../functions/kernel/stores/follow-changes.ts';
import type { Table } from '../../../../../functions/kernel/stores/table.ts';
import type { Entry } from '../domain/entry.ts';
import { changesIndex, readEntry } from '../rows/entry-rows.ts';

/** Follows every entry in the table. */
export const followEntries = (table: Pick<Table, 'query'>, take: (entry: Entry) => boolean) =>
  followChanges(table, changesIndex, (row) => take(readEntry(row)));
