import { type Clock, isoTime } from '../../kernel/ports/clock.ts';
import type { Table } from '../../kernel/stores/table.ts';
import { contended, Refused } from '../../kernel/values/errors.ts';
import { afterChange, type Change, type Listing } from '../domain/listing.ts';
import { listingKey, listingRow, readListing } from '../rows/listing-rows.ts';

export interface SearchDeps {
  readonly table: Table;
  readonly clock: Clock;
}

const ATTEMPTS = 10;

/** Answers whether there was something new. Throws Refused `contended` when others were always faster. */
const noteOnce = async ({ table, clock }: SearchDeps, sku: string, changes: readonly Change[]): Promise<boolean> => {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const item = await table.get(listingKey(sku), { consistent: true });
    const known = item && readListing(item);
    const listing = changes.reduce<Listing | undefined>(
      (now, change) => afterChange(now, change) ?? now,
      known?.listing,
    );
    if (listing === undefined || listing === known?.listing) return false;
    const row = listingRow({ listing, version: (known?.version ?? 0) + 1 }, isoTime(clock.now()));
    const write = known
      ? ({ kind: 'put', item: row, expectedVersion: known.version } as const)
      : ({ kind: 'insert', item: row } as const);
    if ((await table.commit([write])).kind === 'committed') return true;
  }
  throw new Refused(contended);
};

/** Writes what is new of some products, each in one row; answers how many had something new. */
export const noteChanges = async (deps: SearchDeps, changes: readonly Change[]): Promise<number> => {
  const bySku = Map.groupBy(changes, ({ sku }) => sku);
  const noted = await Promise.all([...bySku].map(([sku, own]) => noteOnce(deps, sku, own)));
  return noted.filter(Boolean).length;
};
