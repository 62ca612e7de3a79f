import type { RequestNotice } from './notice.ts';
import { printable } from './printable.ts';
import type { Decoration, Style } from './style.ts';

const METHOD_WIDTH = 7;
const TARGET_WIDTH = 36;
const DURATION_WIDTH = 6;

const styleOf = (status: number): Style => {
  if (status >= 500) return 'red';
  if (status >= 400) return 'yellow';
  return status >= 300 ? 'cyan' : 'green';
};

/** `GET    /products?limit=1      200    12 ms  catalog-list-products  01J…` */
export const requestLine = (
  { atMs, method, target, status, durationMs, functionName, planned, correlationId, reason }: RequestNotice,
  { paint, time }: Decoration,
  more = '',
): string => {
  const answer = `${paint(styleOf(status), String(status))} ${String(durationMs).padStart(DURATION_WIDTH)} ms`;
  const fault = planned && paint('dim', 'planned fault');
  const details = [
    functionName,
    fault,
    correlationId && paint('dim', printable(correlationId)),
    reason && printable(reason),
  ];
  const line = [
    `${printable(method).padEnd(METHOD_WIDTH)}${printable(target).padEnd(TARGET_WIDTH)}`,
    answer,
    ...details.filter(Boolean),
    ...(more === '' ? [] : [more]),
  ];
  return time(atMs) + line.join('  ');
};
