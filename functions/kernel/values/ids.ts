/** Makes ULIDs (github.com/ulid/spec): 26 characters, ordered by time. Bound to a clock and to chance in functions/adapters/aws. */
export interface Ids {
  next(): string;
}

/** Ids that may enter a key: no delimiter of ours, no control character, at most 64 characters. */
export const ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

export const isId = (text: string): boolean => ID_PATTERN.test(text);
