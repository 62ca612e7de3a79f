import type { EquivalentMutant } from './equivalent.ts';

/** One change of the code, and what the tests made of it. */
export interface Mutant {
  readonly file: string;
  readonly line: number;
  readonly original: string;
  readonly replacement: string;
  readonly isFound: boolean;
}

export interface Verdict {
  readonly mutants: number;
  readonly found: number;
  readonly equivalent: number;
  /** Percent of the mutants that are not equivalent, rounded down to a tenth. */
  readonly score: number;
  readonly survivors: readonly Mutant[];
  /** Exclusions of these files that fit no surviving mutant. */
  readonly stale: readonly EquivalentMutant[];
}

const isSame = (mutant: Mutant, excluded: EquivalentMutant): boolean =>
  mutant.file === excluded.file && mutant.original === excluded.original && mutant.replacement === excluded.replacement;

/** What a room's mutants come to. An exclusion counts only for a mutant that no test found. */
export const judge = (mutants: readonly Mutant[], exclusions: readonly EquivalentMutant[]): Verdict => {
  const files = new Set(mutants.map(({ file }) => file));
  const unfound = mutants.filter(({ isFound }) => !isFound);
  const survivors = unfound.filter((mutant) => !exclusions.some((excluded) => isSame(mutant, excluded)));
  const stale = exclusions.filter(
    (excluded) => files.has(excluded.file) && !unfound.some((mutant) => isSame(mutant, excluded)),
  );
  const found = mutants.length - unfound.length;
  const judged = found + survivors.length;
  return {
    mutants: mutants.length,
    found,
    equivalent: unfound.length - survivors.length,
    score: judged === 0 ? 0 : Math.floor((1000 * found) / judged) / 10,
    survivors,
    stale,
  };
};
