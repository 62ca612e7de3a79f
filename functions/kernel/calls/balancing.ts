import type { Random } from '../ports/runtime.ts';

/**
 * Power of two choices: the less loaded of two at random spreads almost as well as the least loaded of all, without
 * everybody running to the same one. Undefined only for no candidate.
 */
export const pickOfTwo = <T>(
  candidates: readonly T[],
  loadOf: (candidate: T) => number,
  random: Random,
): T | undefined => {
  const index = Math.floor(random() * candidates.length);
  const first = candidates[index];
  const others = candidates.filter((_, position) => position !== index);
  const second = others[Math.floor(random() * others.length)];
  if (first === undefined || second === undefined) return first;
  return loadOf(second) < loadOf(first) ? second : first;
};
