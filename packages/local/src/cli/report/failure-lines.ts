import { isAbsolute, relative } from 'node:path';
import type { FailureNotice } from './notice.ts';
import { printable, printableLines } from './printable.ts';
import type { Frame } from './stack.ts';
import type { Decoration } from './style.ts';

const INDENT = '    ';

/** Relative to the project, so that terminals and editors make it a link; whole when it lies elsewhere. */
const placeOf = ({ file, line, column }: Frame, folder: string): string => {
  const inside = relative(folder, file);
  const path = inside.startsWith('..') || isAbsolute(inside) ? file : inside;
  return `${printable(path)}:${line}:${column}`;
};

const frameLine = (frame: Frame, folder: string, { paint }: Decoration): string => {
  const place = paint('cyan', placeOf(frame, folder));
  return frame.name === '' ? `${INDENT}at ${place}` : `${INDENT}at ${printable(frame.name)} (${place})`;
};

const factsLine = ({ correlationId, requestId, traceId, facts }: FailureNotice): string => {
  const ids = { correlation: correlationId, request: requestId, trace: correlationId ? undefined : traceId, ...facts };
  return Object.entries(ids)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `${printable(name)} ${printable(String(value))}`)
    .join('  ');
};

/** Whether a failure looks like the one before, whose stack can still be seen. */
export const looksLike = (failure: FailureNotice, before: FailureNotice | undefined): boolean =>
  before !== undefined &&
  before.functionName === failure.functionName &&
  before.error === failure.error &&
  JSON.stringify(before.frames) === JSON.stringify(failure.frames);

/** What failed, where in the code of this project, and the ids to look further with. */
export const failureLines = (
  failure: FailureNotice,
  { functionName, folder, isRepeat }: { functionName: string; folder: string; isRepeat: boolean },
  decoration: Decoration,
): readonly string[] => {
  const { paint, time } = decoration;
  const [first = '', ...others] = printableLines(failure.error);
  const during = failure.during === undefined ? '' : paint('dim', `  (${printable(failure.during)})`);
  const where = isRepeat ? [`${INDENT}as before`] : failure.frames.map((frame) => frameLine(frame, folder, decoration));
  return [
    `${time(failure.atMs)}${paint('red', 'failed')} ${paint('bold', printable(functionName))}: ${first}${during}`,
    ...others.map((line) => INDENT + line),
    ...(failure.cause === undefined ? [] : [`${INDENT}caused by ${printable(failure.cause)}`]),
    ...where,
    INDENT + paint('dim', factsLine(failure)),
  ];
};
