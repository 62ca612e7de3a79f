import { createHash } from 'node:crypto';

export const LOWER_ALPHANUMERIC = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** An id of up to 32 characters that is the same in every run for the same names, as a deployed resource keeps its id. */
export const derivedId = (length: number, alphabet: string, ...names: readonly string[]): string => {
  const digest = createHash('sha256').update(JSON.stringify(names)).digest().subarray(0, length);
  return Array.from(digest, (byte) => alphabet.charAt(byte % alphabet.length)).join('');
};
