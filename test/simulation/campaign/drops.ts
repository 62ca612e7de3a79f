import type { Disturbance } from '@archipelago/local/simulation';

/** What a story can do without: orders, cancels and erasures of customers, and faults that fired, each by its number. */
export const PIECES = ['order', 'cancel', 'erase', 'fault'] as const;
export type Piece = (typeof PIECES)[number];

/** And what AWS does seldom, altogether. */
export const CALMED = ['repeats', 'late', 'splits', 'coldStarts', 'skewMs'] as const satisfies (keyof Disturbance)[];
export type Calmed = (typeof CALMED)[number];

export interface Without {
  readonly pieces: Readonly<Partial<Record<Piece, readonly number[]>>>;
  readonly calmed: readonly Calmed[];
}

export const NOTHING: Without = { pieces: {}, calmed: [] };

const rangesOf = (numbers: readonly number[]): readonly string[] => {
  const ranges: [number, number][] = [];
  for (const number of [...numbers].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`));
};

/** `order:1,order:3-5,fault:1-200,late`: as `--without` takes it. */
export const writeWithout = ({ pieces, calmed }: Without): string =>
  [...PIECES.flatMap((piece) => rangesOf(pieces[piece] ?? []).map((range) => `${piece}:${range}`)), ...calmed].join(
    ',',
  );

const PART = /^(\w+):(\d{1,6})(?:-(\d{1,6}))?$/;

/** Undefined for a text that is none. */
export const readWithout = (text: string): Without | undefined => {
  const pieces: Partial<Record<Piece, number[]>> = {};
  const calmed: Calmed[] = [];
  for (const part of text.split(',').filter((each) => each !== '')) {
    const calm = CALMED.find((name) => name === part);
    const [, name, from, to = from] = PART.exec(part) ?? [];
    const piece = PIECES.find((each) => each === name);
    if (calm) calmed.push(calm);
    else if (piece) {
      const numbers = Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => Number(from) + index);
      pieces[piece] = [...(pieces[piece] ?? []), ...numbers];
    } else return undefined;
  }
  return { pieces, calmed };
};

export interface Drops {
  /** Counts one more of this piece, and says whether it takes place. */
  keeps(piece: Piece): boolean;
  readonly calmed: Readonly<Partial<Disturbance>>;
  /** How many there were of each, those that did not take place included. */
  counts(): Readonly<Record<Piece, number>>;
}

export const createDrops = ({ pieces, calmed }: Without): Drops => {
  const counts: Record<Piece, number> = { order: 0, cancel: 0, erase: 0, fault: 0 };
  return {
    keeps: (piece) => {
      counts[piece] += 1;
      return pieces[piece]?.includes(counts[piece]) !== true;
    },
    calmed: Object.fromEntries(calmed.map((name) => [name, 0])),
    counts: () => counts,
  };
};
