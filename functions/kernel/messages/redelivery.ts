import type { Random } from '../ports/runtime.ts';

const LONGEST_SECONDS = 900;

/** Doubles with each receive: in the minute after which a saga asks again, a message is tried five times. */
export const longestHiddenSeconds = (receives: number): number => Math.min(LONGEST_SECONDS, 2 ** receives);

/** How long a message that failed is hidden: up to a quarter less, so that what failed together does not come back so. */
export const hiddenSeconds = (receives: number, random: Random): number =>
  Math.ceil(longestHiddenSeconds(receives) * (1 - random() / 4));
