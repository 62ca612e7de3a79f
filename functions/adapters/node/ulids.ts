import { randomBytes } from 'node:crypto';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { Ids } from '../../kernel/values/ids.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_LENGTH = 10;
const RANDOM_LENGTH = 16;
const BASE = 32;

const encodeTime = (epochMs: number): string => {
  let text = '';
  for (let rest = epochMs; text.length < TIME_LENGTH; rest = Math.floor(rest / BASE)) {
    text = ALPHABET.charAt(rest % BASE) + text;
  }
  return text;
};

/** The next larger number in base 32, so that ids of one millisecond keep the order in which they were made. */
const increment = (digits: number[]): number[] => {
  const next = [...digits];
  for (let position = next.length - 1; position >= 0; position -= 1) {
    const digit = (next[position] ?? 0) + 1;
    next[position] = digit % BASE;
    if (digit < BASE) return next;
  }
  return next;
};

/** Monotonic ULIDs. `bytes` must be unpredictable in production: ids must not be guessable. */
export const createUlids = (clock: Clock, bytes: (length: number) => Uint8Array = randomBytes): Ids => {
  let lastMs = -1;
  let digits: number[] = [];
  return {
    next: () => {
      const now = clock.now();
      digits = now <= lastMs ? increment(digits) : Array.from(bytes(RANDOM_LENGTH), (byte) => byte % BASE);
      lastMs = Math.max(now, lastMs);
      return encodeTime(lastMs) + digits.map((digit) => ALPHABET.charAt(digit)).join('');
    },
  };
};
