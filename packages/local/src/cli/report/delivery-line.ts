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

const placeOf = ({ deadLetters, destination }: DeliveryNotice): string | undefined => {
  if (destination !== undefined) return printable(nameIn(destination));
  return deadLetters && `dead-letter queue ${printable(nameIn(deadLetters))}`;
};

/** `retry  queue orders-fulfil: 1 message failed in fulfil, attempt 1 of 5; next in 180 s, dead-letter queue …` */
const retryOf = (notice: DeliveryNotice, shortName: (name: string) => string): string => {
  const { target, what, attempt = 1, attempts = Number.POSITIVE_INFINITY } = notice;
  const count = Number.isFinite(attempts) ? `${attempt} of ${attempts}` : `${attempt}`;
  const failed = `${what} failed in ${printable(shortName(nameIn(target)))}, attempt ${count}`;
  const place = placeOf(notice);
  if (attempt < attempts) return `${failed}; next ${waitOf(notice)}${place ? `, then ${place}` : ''}`;
  return `${failed}; none is left, ${place ? `goes to ${place}` : 'lost'} ${waitOf(notice)}`;
};

const endOf = (notice: DeliveryNotice): string => {
  const { outcome, what, attempt } = notice;
  const after = attempt === undefined ? '' : ` after ${attempt} ${attempt === 1 ? 'attempt' : 'attempts'}`;
  const place = placeOf(notice);
  const lost = place === undefined ? 'lost, there is no dead-letter queue' : `lost, ${place} did not take it`;
  const where = outcome !== 'dropped' && place !== undefined ? `now in ${place}` : lost;
  return `${what} given up${after}: ${where}`;
};

const WORDS = {
  failed: { text: 'retry ', colour: 'yellow' },
  'passed-on': { text: 'passed', colour: 'yellow' },
  'dead-lettered': { text: 'lost  ', colour: 'red' },
  dropped: { text: 'lost  ', colour: 'red' },
} as const;

/** What becomes of something that was not handled: when it is tried again, or where it lies now. */
export const deliveryLine = (
  notice: DeliveryNotice,
  shortName: (name: string) => string,
  { paint, time }: Decoration,
): string => {
  const { atMs, outcome, source, reason } = notice;
  const word = WORDS[outcome];
  const what = outcome === 'failed' ? retryOf(notice, shortName) : endOf(notice);
  return `${time(atMs)}${paint(word.colour, word.text)} ${printable(source)}: ${what}${reason === undefined ? '' : ` (${printable(reason)})`}`;
};
