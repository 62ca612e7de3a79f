import { everyItem, type Table } from '../../kernel/stores/table.ts';
import type { StoredListing } from '../domain/listing.ts';
import { changesIndex, readListing } from '../rows/listing-rows.ts';

const PAGE = 500;

/**
 * Rows may become visible out of order: a write takes up to nine seconds with its repetitions, the index is a little late,
 * and writers' clocks differ.
 */
const OVERLAP_MS = 15_000;

const timeOf = (sortKey: string): number => Date.parse(sortKey.slice(0, sortKey.indexOf('#')));

/**
 * Reads the rows that were written since the last time, and first all of them. Those of the last seconds come again; who
 * takes them knows that.
 */
export const createFollower = (table: Pick<Table, 'query'>, take: (stored: StoredListing) => boolean) => {
  let newest = '';

  const since = (): string => (newest === '' ? '' : new Date(timeOf(newest) - OVERLAP_MS).toISOString());

  return {
    /** Answers how many were taken. */
    catchUp: async (): Promise<number> => {
      let taken = 0;
      const skAfter = since();
      for await (const item of everyItem(table, { ...changesIndex, limit: PAGE, ...(skAfter && { skAfter }) })) {
        if (take(readListing(item))) taken += 1;
        const sortKey = String(item.gsi1sk);
        if (sortKey > newest) newest = sortKey;
      }
      return taken;
    },
  };
};
