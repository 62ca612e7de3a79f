import { CALMED, PIECES, type Piece, type Without, writeWithout } from './drops.ts';

/** A run, as far as shrinking must know it. */
export interface Shrinkable {
  /** The names of the invariants that it breaks. */
  readonly broken: readonly string[];
  readonly counts: Readonly<Record<Piece, number>>;
}

export interface Shrunk<T> {
  readonly without: Without;
  readonly played: T;
  /** How many runs it took. */
  readonly runs: number;
}

const withPiece = (without: Without, piece: Piece, dropped: readonly number[]): Without => ({
  ...without,
  pieces: { ...without.pieces, [piece]: dropped },
});

const chunksOf = (numbers: readonly number[], size: number): readonly (readonly number[])[] =>
  Array.from({ length: Math.ceil(numbers.length / size) }, (_, index) =>
    numbers.slice(index * size, (index + 1) * size),
  );

/**
 * Leaves out of a run that breaks a promise whatever it can do without and still break the same one: what AWS does
 * seldom, then orders, cancels and faults, all at once, then by halves down to each alone. A run that throws
 * is not the same story. `goesOn` ends it early.
 */
export const shrink = async <T extends Shrinkable>(
  first: T,
  playWithout: (without: Without) => Promise<T>,
  goesOn: () => boolean,
): Promise<Shrunk<T>> => {
  let smallest: Shrunk<T> = { without: { pieces: {}, calmed: [] }, played: first, runs: 0 };
  let runs = 0;
  const tried = new Set<string>(['']);

  const takes = async (without: Without): Promise<boolean> => {
    const text = writeWithout(without);
    if (tried.has(text) || !goesOn()) return false;
    tried.add(text);
    runs += 1;
    const played = await playWithout(without).catch(() => undefined);
    if (!played?.broken.some((name) => first.broken.includes(name))) return false;
    smallest = { without, played, runs };
    return true;
  };

  if (!(await takes({ ...smallest.without, calmed: [...CALMED] }))) {
    for (const name of CALMED) await takes({ ...smallest.without, calmed: [...smallest.without.calmed, name] });
  }
  for (const piece of PIECES) {
    for (let size = smallest.played.counts[piece]; size >= 1; size = Math.floor(size / 2)) {
      const dropped = () => smallest.without.pieces[piece] ?? [];
      const all = Array.from({ length: smallest.played.counts[piece] }, (_, index) => index + 1);
      for (const chunk of chunksOf(all, size)) {
        const more = chunk.filter((number) => !dropped().includes(number));
        if (more.length > 0) await takes(withPiece(smallest.without, piece, [...dropped(), ...more]));
      }
    }
  }
  return { ...smallest, runs };
};
