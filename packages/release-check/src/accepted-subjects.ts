import { CheckProblem } from './problem.ts';
import type { Refusal } from './rules/release.ts';

/** The subjects as given. Throws a CheckProblem for one that nothing is refused about: it would excuse the next fault. */
export const acceptedSubjects = (accept: readonly string[], refusals: readonly Refusal[]): readonly string[] => {
  const unknown = accept.find((subject) => !refusals.some((refusal) => refusal.subject === subject));
  if (unknown === undefined) return accept;
  throw new CheckProblem(
    `nothing about '${unknown}' is refused`,
    '--accept',
    'leave it out, or copy the name in brackets of a refusal',
  );
};
