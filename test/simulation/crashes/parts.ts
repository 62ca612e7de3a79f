import { createHash } from 'node:crypto';

/** Of `of` parts the one of this number, from 1 on. */
export interface Part {
  readonly number: number;
  readonly of: number;
}

const placeOf = (name: string): number => createHash('sha256').update(name).digest().readUInt32BE();

/**
 * Those of a part, mixed: every part has something of each command and effect, in no order that a list could have. A part is
 * as large as another one by chance only.
 */
export const namesIn = ({ number, of }: Part, names: readonly string[]): readonly string[] =>
  names.filter((name) => placeOf(name) % of === number - 1).sort((a, b) => placeOf(a) - placeOf(b));
