import type { Clock } from '../ports/clock.ts';
import type { CursorKey, CursorKeys } from '../values/cursor.ts';
import { textIn } from '../values/members.ts';
import type { Key, Table } from './table.ts';

export interface CursorKeyTools {
  readonly table: Pick<Table, 'get' | 'commit'>;
  readonly clock: Clock;
  /** By chance that cannot be guessed. */
  readonly newSecret: () => string;
}

/** A key signs for a week, and its cursors are taken for another. */
const TERM_SECONDS = 7 * 24 * 60 * 60;

/** A function reads a key again after so long: a row that an operator deletes is out of use by then. */
const KNOWN_FOR_MS = 5 * 60_000;

/** The partitions of the keys begin so. */
export const CURSOR_KEYS = 'CURSOR_KEY#';

const keyOf = (term: number): Key => ({ pk: `${CURSOR_KEYS}${term}`, sk: 'KEY' });

/**
 * Keys that lie beside the lists they protect: who may read them may read the lists. Each term has one, which the first
 * function makes that needs it, and which the table forgets after the next term.
 */
export const createCursorKeys = ({ table, clock, newSecret }: CursorKeyTools): CursorKeys => {
  const known = new Map<number, { readonly key: CursorKey; readonly readAtMs: number }>();

  const termNow = (): number => Math.floor(clock.now() / 1000 / TERM_SECONDS);

  const read = async (term: number): Promise<CursorKey | undefined> => {
    const row = await table.get(keyOf(term), { consistent: true });
    if (row === undefined) return undefined;
    const key = { id: String(term), secret: textIn(row, 'secret') };
    known.set(term, { key, readAtMs: clock.now() });
    return key;
  };

  const find = async (term: number): Promise<CursorKey | undefined> => {
    const remembered = known.get(term);
    if (remembered !== undefined && clock.now() - remembered.readAtMs < KNOWN_FOR_MS) return remembered.key;
    known.delete(term);
    return read(term);
  };

  const make = async (term: number): Promise<void> => {
    const expiresAt = (term + 2) * TERM_SECONDS;
    const item = { ...keyOf(term), kind: 'cursor-key', secret: newSecret(), expiresAt };
    // Refused where another function was faster, whose key is read then.
    await table.commit([{ kind: 'insert', item }]);
  };

  return {
    current: async () => {
      const term = termNow();
      const found = await find(term);
      if (found !== undefined) return found;
      await make(term);
      const made = await read(term);
      if (made === undefined) throw new Error(`the key of cursors of term ${term} was deleted as it was made`);
      return made;
    },
    find: async (id) => {
      const term = Number(id);
      const now = termNow();
      return term === now || term === now - 1 ? find(term) : undefined;
    },
  };
};
