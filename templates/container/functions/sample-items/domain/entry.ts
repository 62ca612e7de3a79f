import type { Money } from '../../../../../functions/kernel/values/money.ts';

/** A product as it is known here, with the version of the change that says so. */
export interface Entry {
  readonly sku: string;
  readonly name: string;
  readonly price: Money;
  readonly version: number;
}

/** Whether a change says something new: it may come late, or twice. */
export const isNewer = (change: Entry, known: Entry | undefined): boolean => change.version > (known?.version ?? 0);

export interface EntryQuery {
  readonly prefix: string;
  /** Only skus that come later; empty for the first page. */
  readonly after: string;
  readonly size: number;
}

export interface EntryPage {
  readonly entries: readonly Entry[];
  readonly total: number;
  /** After which sku the next page begins; absent on the last one. */
  readonly next?: string;
}

/** A page of entries that are in order of sku. */
export const pageOf = (ordered: readonly Entry[], { prefix, after, size }: EntryQuery): EntryPage => {
  const found = ordered.filter(({ sku }) => sku.startsWith(prefix));
  const rest = found.filter(({ sku }) => sku > after);
  const entries = rest.slice(0, size);
  const last = entries.at(-1);
  return { entries, total: found.length, ...(last && rest.length > size && { next: last.sku }) };
};
