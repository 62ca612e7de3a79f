import type { Clock } from '../../kernel/ports/clock.ts';
import type { Item, Key, Table, Write } from '../../kernel/stores/table.ts';

/** The copies of the view: lists are read from the live one, events are written to both. */
export interface Generations {
  readonly live: number;
  /** Made beside the live one, to take its place. */
  readonly building?: number;
}

/** The partition that says which copies there are. */
const GENERATIONS = 'GENERATIONS#orders';

const key: Key = { pk: GENERATIONS, sk: 'GENERATIONS' };

const generationsIn = (row: Item | undefined): Generations => {
  if (row === undefined) return { live: 0 };
  const { live, building } = row;
  return { live: Number(live), ...(typeof building === 'number' && { building }) };
};

/** `version` is 0 while no generation but the first was ever made. */
export const readGenerations = async (
  views: Pick<Table, 'get'>,
): Promise<{ readonly version: number; readonly generations: Generations }> => {
  const row = await views.get(key, { consistent: true });
  return { version: Number(row?.version ?? 0), generations: generationsIn(row) };
};

/** For a function that may read the index alone; it may lag behind by moments. */
export const findGenerations = async (views: Pick<Table, 'query'>): Promise<Generations> => {
  const { items } = await views.query({ index: 'gsi1', pk: GENERATIONS, limit: 1 });
  return generationsIn(items[0]);
};

/** Refused when the row has left the version. */
export const generationsWrite = (generations: Generations, version: number): Write => {
  const inIndex = { gsi1pk: GENERATIONS, gsi1sk: key.sk };
  const item = { ...key, ...inIndex, kind: 'view-generations', ...generations, version: version + 1 };
  return version === 0 ? { kind: 'insert', item } : { kind: 'put', item, expectedVersion: version };
};

/** For so long a function may go on with what it has read. */
export const KNOWN_FOR_MS = 5_000;

/** The generations, read again when they are older than `KNOWN_FOR_MS`. */
export const createGenerations = (views: Pick<Table, 'get'>, clock: Clock): (() => Promise<Generations>) => {
  let known: { readonly untilMs: number; readonly generations: Generations } | undefined;
  return async () => {
    const nowMs = clock.now();
    if (known !== undefined && nowMs < known.untilMs) return known.generations;
    const { generations } = await readGenerations(views);
    known = { untilMs: nowMs + KNOWN_FOR_MS, generations };
    return generations;
  };
};
