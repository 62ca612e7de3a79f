/**
 * What could steer a terminal or hide in a line: control characters, and the characters that end a line or change the
 * direction of text without being seen.
 */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

const escaped = (character: string): string => {
  const code = character.charCodeAt(0).toString(16);
  return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code}`;
};

/** Text from outside as one line that does nothing to a terminal. */
export const printable = (text: string): string => text.replace(UNPRINTABLE, escaped);

/** The same for text of several lines. */
export const printableLines = (text: string): readonly string[] => text.trimEnd().split(/\r?\n/).map(printable);

/** A value as JSON that does nothing to a terminal: what JSON itself does not escape is escaped as JSON can read it. */
export const printableJson = (value: object): string =>
  JSON.stringify(value).replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
