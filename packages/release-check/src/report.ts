import type { Refusal, Release } from './rules/release.ts';

/** Where a program prints: results to `log`, complaints to `error`. */
export interface Terminal {
  log(line: string): void;
  error(line: string): void;
}

export const SAFE = 0;
export const REFUSED = 1;
export const NOT_CHECKED = 2;

export const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/** What was compared, in one line. */
export const summaryOf = ({ stacks, messages, routes }: Release): string =>
  [counted(stacks.length, 'stack'), counted(messages.length, 'message'), counted(routes.length, 'route')].join(', ');

/** One refusal in the words that its reader acts on. */
const refusalText = ({ subject, what, where, why, remedy }: Refusal): string =>
  `refused: ${what}  [${subject}]\n  where: ${where}\n  why: ${why}\n  what to do: ${remedy}`;

/** Prints what is refused and what was meant; answers how many are refused. */
export const report = (refusals: readonly Refusal[], accept: readonly string[], terminal: Terminal): number => {
  const meant = refusals.filter(({ subject }) => accept.includes(subject));
  for (const { what, subject } of meant) terminal.log(`accepted: ${what}  [${subject}]`);
  const open = refusals.filter((refusal) => !meant.includes(refusal));
  for (const refusal of open) terminal.error(refusalText(refusal));
  return open.length;
};
