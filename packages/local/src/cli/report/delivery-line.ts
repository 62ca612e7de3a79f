import type { DeliveryNotice } from './notice.ts';
import { printable } from './printable.ts';
import type { Decoration } from './style.ts';

/** The name in an ARN; a function's may have its alias behind it. */
const nameIn = (arnOrName: string): string =>
  /:function:([^:]+)/.exec(arnOrName)?.[1] ?? arnOrName.split(/[:/]/).at(-1) ?? arnOrName;

const waitOf = ({ atMs, nextAttemptAtMs }: DeliveryNotice): string => {
  const seconds = Math.max(0, (nextAttemptAtMs ?? atMs) - atMs) / 1000;
  if (seconds < 0.05) return 'at once';
  return `in ${seconds < 10 ? Number(seconds.toFixed(1)) : Math.round(seconds)} s`;
};

/** `retry  queue orders-fulfil: 1 message failed in fulfil, attempt 1 of 5; next in 180 s, dead-letter queue …` */
const retryOf = (notice: DeliveryNotice, shortName: (name: string) => string): string => {
  const { target, what, attempt = 1, attempts = Number.POSITIVE_INFINITY } = notice;
  const count = Number.isFinite(attempts) ? `${attempt} of ${attempts}` : `${attempt}`;
  const failed = `${what} failed in ${printable(shortName(nameIn(target)))}, attempt ${count}`;
  const deadLetters = notice.deadLetters && `dead-letter queue ${printable(nameIn(notice.deadLetters))}`;
  if (attempt < attempts) return `${failed}; next ${waitOf(notice)}${deadLetters ? `, then ${deadLetters}` : ''}`;
  return `${failed}; none is left, ${deadLetters ? `goes to ${deadLetters}` : 'lost'} ${waitOf(notice)}`;
};

const endOf = ({ outcome, what, attempt, deadLetters }: DeliveryNotice): string => {
  const after = attempt === undefined ? '' : ` after ${attempt} ${attempt === 1 ? 'attempt' : 'attempts'}`;
  const queue = deadLetters === undefined ? undefined : `dead-letter queue ${printable(nameIn(deadLetters))}`;
  const lost = queue === undefined ? 'lost, there is no dead-letter queue' : `lost, ${queue} did not take it`;
  const where = outcome === 'dead-lettered' && queue !== undefined ? `now in ${queue}` : lost;
  return `${what} given up${after}: ${where}`;
};

/** What becomes of something that was not handled: when it is tried again, or where it lies now. */
export const deliveryLine = (
  notice: DeliveryNotice,
  shortName: (name: string) => string,
  { paint, time }: Decoration,
): string => {
  const { atMs, outcome, source, reason } = notice;
  const isRetry = outcome === 'failed';
  const word = isRetry ? paint('yellow', 'retry ') : paint('red', 'lost  ');
  const what = isRetry ? retryOf(notice, shortName) : endOf(notice);
  return `${time(atMs)}${word} ${printable(source)}: ${what}${reason === undefined ? '' : ` (${printable(reason)})`}`;
};
