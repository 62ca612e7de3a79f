import type { GateKind, RepeatKind } from '../core/gate.ts';
import type { Random } from '../core/random.ts';

/** How much AWS does that it may do, and seldom does. */
export interface Disturbance {
  /** Of deliveries, the part that comes twice. */
  readonly repeats: number;
  /** Of things that pass a gate, the part that is late: by seconds instead of milliseconds. */
  readonly late: number;
  /** Of batches, the part that is smaller than it could be. */
  readonly splits: number;
  /** Of invocations that could use an environment again, the part that gets a new one. */
  readonly coldStarts: number;
  /** How far the clock of a function's hosts may be ahead or behind, in ms; drawn once for each function. */
  readonly skewMs: number;
}

export const CALM: Disturbance = { repeats: 0, late: 0, splits: 0, coldStarts: 0, skewMs: 0 };
export const RESTLESS: Disturbance = { repeats: 0.05, late: 0.01, splits: 0.25, coldStarts: 0.02, skewMs: 0 };

/** The least and the most that each takes, in ms, and the most when it is late; guesses at what is seen on AWS. */
const TAKES: Readonly<Record<GateKind, readonly [least: number, most: number, late: number]>> = {
  start: [100, 500, 3_000],
  invoke: [0, 5, 200],
  call: [0, 4, 1_000],
  reply: [0, 6, 2_500],
  timers: [0, 0, 0],
  stream: [20, 300, 10_000],
  queue: [0, 100, 20_000],
  delivery: [10, 300, 30_000],
  request: [0, 20, 500],
  response: [0, 20, 500],
};

/** What AWS may do and seldom does; each counts under its name. */
export type Rarity =
  | `again: ${RepeatKind}`
  | `late: ${GateKind}`
  | `overtaken: ${GateKind}`
  | 'a smaller batch'
  | 'an environment not used again'
  | 'an environment used again after minutes'
  | 'an environment of the release beside'
  | 'a clock that is ahead or behind';

/** Draws what is disturbed. */
export interface Disturber {
  readonly chance: Random;
  delayOf(kind: GateKind): number;
  repeats(kind: RepeatKind): boolean;
  batchOf(most: number): number;
  notUsedAgain(): boolean;
  skewMs(): number;
  /** Counts what came about elsewhere. */
  happened(rarity: Rarity): void;
}

export const createDisturber = (
  chance: Random,
  disturbance: () => Disturbance,
  happened: (rarity: Rarity) => void,
): Disturber => {
  const counted = (is: boolean, rarity: Rarity): boolean => {
    if (is) happened(rarity);
    return is;
  };
  return {
    chance,
    happened,
    delayOf: (kind) => {
      const [least, most, latest] = TAKES[kind];
      const isLate = counted(chance.next() < disturbance().late, `late: ${kind}`);
      return Math.floor(least + chance.next() * ((isLate ? latest : most) - least));
    },
    repeats: (kind) => counted(chance.next() < disturbance().repeats, `again: ${kind}`),
    batchOf: (most) =>
      most > 1 && counted(chance.next() < disturbance().splits, 'a smaller batch')
        ? 1 + Math.floor(chance.next() * Math.min(most - 1, 4))
        : most,
    notUsedAgain: () => counted(chance.next() < disturbance().coldStarts, 'an environment not used again'),
    // Drawn as well when there is none, so that what follows is the same with and without.
    skewMs: () => {
      const skewMs = Math.round((chance.next() * 2 - 1) * disturbance().skewMs);
      counted(Math.abs(skewMs) >= 1_000, 'a clock that is ahead or behind');
      return skewMs;
    },
  };
};
