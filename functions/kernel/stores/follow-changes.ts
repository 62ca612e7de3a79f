import { everyItem, type Index, type Item, keyNames, type Table } from './table.ts';

/** Rows by when they were written last: those of one partition of an index, whose sort keys `changeKey` makes. */
export interface ChangesIndex {
  readonly index: Index;
  readonly pk: string;
}

export const changeKey = (changedAt: string, id: string): string => `${changedAt}#${id}`;

const PAGE = 500;

/**
 * Rows may become visible out of order: a write takes up to nine seconds with its repetitions, the index is a little late,
 * and writers' clocks differ.
 */
const OVERLAP_MS = 15_000;

const timeOf = (sortKey: string): number => Date.parse(sortKey.slice(0, sortKey.indexOf('#')));

/**
 * Reads the rows that were written since the last time, and first all of them. Those of the last seconds come again; `take`
 * knows that, and answers whether it took one.
 */
export const followChanges = (
  table: Pick<Table, 'query'>,
  changes: ChangesIndex,
  take: (row: Item) => boolean,
): { catchUp(): Promise<number> } => {
  const [, sortKeyName] = keyNames(changes.index);
  let newest = '';

  const since = (): string => (newest === '' ? '' : new Date(timeOf(newest) - OVERLAP_MS).toISOString());

  return {
    /** Answers how many were taken. */
    catchUp: async () => {
      let taken = 0;
      const skAfter = since();
      for await (const row of everyItem(table, { ...changes, limit: PAGE, ...(skAfter && { skAfter }) })) {
        if (take(row)) taken += 1;
        const sortKey = String(row[sortKeyName]);
        if (sortKey > newest) newest = sortKey;
      }
      return taken;
    },
  };
};
