import { type Entry, type EntryPage, type EntryQuery, isNewer, pageOf } from '../domain/entry.ts';

export interface EntryIndex {
  /** Takes an entry that is newer than what is known; answers whether it was. */
  put(entry: Entry): boolean;
  list(query: EntryQuery): EntryPage;
  size(): number;
}

const inOrder = (entries: Iterable<Entry>): readonly Entry[] =>
  [...entries].sort(({ sku: one }, { sku: other }) => (one < other ? -1 : 1));

/** Every entry in memory. */
export const createEntryIndex = (): EntryIndex => {
  const bySku = new Map<string, Entry>();
  let ordered: readonly Entry[] | undefined;
  return {
    put: (entry) => {
      if (!isNewer(entry, bySku.get(entry.sku))) return false;
      bySku.set(entry.sku, entry);
      ordered = undefined;
      return true;
    },
    list: (query) => {
      if (ordered === undefined) ordered = inOrder(bySku.values());
      return pageOf(ordered, query);
    },
    size: () => bySku.size,
  };
};
