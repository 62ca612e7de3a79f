import { type Clock, isoTime } from '../../../../../functions/kernel/ports/clock.ts';
import type { Table } from '../../../../../functions/kernel/stores/table.ts';
import { contended, Refused } from '../../../../../functions/kernel/values/errors.ts';
import { type Entry, isNewer } from '../domain/entry.ts';
import { entryKey, entryRow, readEntry } from '../rows/entry-rows.ts';

export interface SampleItemsDeps {
  readonly table: Table;
  readonly clock: Clock;
}

const ATTEMPTS = 10;

/** Writes what is new of a product; answers whether it was. Throws Refused `contended` when others were always faster. */
export const noteEntry = async ({ table, clock }: SampleItemsDeps, change: Entry): Promise<boolean> => {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const found = await table.get(entryKey(change.sku), { consistent: true });
    const known = found && readEntry(found);
    if (!isNewer(change, known)) return false;
    const item = entryRow(change, isoTime(clock.now()));
    const write = known
      ? ({ kind: 'put', item, expectedVersion: known.version } as const)
      : ({ kind: 'insert', item } as const);
    if ((await table.commit([write])).kind === 'committed') return true;
  }
  throw new Refused(contended);
};
