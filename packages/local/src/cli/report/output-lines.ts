import type { OutputNotice } from './notice.ts';
import { printable, printableLines } from './printable.ts';
import type { Decoration, Style } from './style.ts';

const STYLES: Readonly<Record<string, Style>> = { WARN: 'yellow', ERROR: 'red', FATAL: 'red' };

/** `log    orders-place-order  hello`: what a function printed, under its name. */
export const outputLines = (notice: OutputNotice, source: string, { paint, time }: Decoration): readonly string[] => {
  const { atMs, level, text, facts, correlationId } = notice;
  const style = STYLES[level];
  const word = (style === undefined ? 'log' : level.toLowerCase()).padEnd(6);
  const head = `${time(atMs)}${style === undefined ? word : paint(style, word)} ${paint('bold', printable(source))}`;
  const more = Object.entries(facts).map(([name, value]) => `${printable(name)} ${printable(value)}`);
  if (correlationId !== undefined) more.push(`correlation ${printable(correlationId)}`);
  const [first = '', ...others] = printableLines(text);
  const tail = more.length === 0 ? '' : paint('dim', `  ${more.join('  ')}`);
  return [`${head}  ${first}${tail}`, ...others.map((line) => `    ${line}`)];
};
