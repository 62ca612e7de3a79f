import type { ListedOrder, OpenList, PastEvent, ShownOrder, Wait } from './operate.ts';
import type { StuckMessage } from './stuck-messages.ts';

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_HOURS = 24;

/** `3 min`, `5 h`, `2 d`. */
const ago = (time: string, nowMs: number): string => {
  const minutes = Math.max(0, Math.floor((nowMs - Date.parse(time)) / MINUTE_MS));
  if (minutes < 2 * HOUR_MINUTES) return `${minutes} min`;
  const hours = Math.floor(minutes / HOUR_MINUTES);
  return hours < 2 * DAY_HOURS ? `${hours} h` : `${Math.floor(hours / DAY_HOURS)} d`;
};

const waitLine = ({ step, since, asked, asksAgainAt }: Wait, nowMs: number): string => {
  const isLate = Date.parse(asksAgainAt) < nowMs;
  const next = isLate ? `its timer was due ${ago(asksAgainAt, nowMs)} ago` : `asks again at ${asksAgainAt}`;
  return `waits for ${step} since ${since} (${ago(since, nowMs)}), asked ${asked === 1 ? 'once' : `${asked} times`}, ${next}`;
};

const listedLine = ({ id, status, placedAt = '', waits }: ListedOrder, nowMs: number): readonly string[] => [
  `${id}  ${status}  placed ${placedAt} (${ago(placedAt, nowMs)})`,
  ...(waits.length > 0
    ? waits.map((wait) => `  ${waitLine(wait, nowMs)}`)
    : ['  waits for nothing: its view is behind']),
];

export const openLines = ({ open, orders }: OpenList, nowMs: number): readonly string[] => [
  ...orders.flatMap((order) => listedLine(order, nowMs)),
  open === 0 ? 'no order is open' : `${open} open${orders.length < open ? `, the oldest ${orders.length} shown` : ''}`,
];

const pastLine = ({ version, type, occurredAt, step, reason, cancelledBy, byHand }: PastEvent): string => {
  const details = [step, reason, reason === undefined && cancelledBy ? `by an ${cancelledBy}` : undefined];
  const hand = byHand && `by hand: ${byHand.by}${byHand.why === undefined ? '' : `, ${byHand.why}`}`;
  const text = [...details, hand].filter((detail) => detail !== undefined).join('; ');
  return `  ${String(version).padStart(3)}  ${occurredAt}  ${type}${text === '' ? '' : `  (${text})`}`;
};

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length > 0 ? [title, ...lines] : [`${title} none`];

export const orderLines = (
  { order, customer, waits, history, messages }: ShownOrder,
  stuck: { readonly parked: readonly StuckMessage[]; readonly dead: readonly StuckMessage[] },
  nowMs: number,
): readonly string[] => [
  `${order.id}  ${order.status}  placed ${order.placedAt} by ${customer}`,
  ...section(
    'timer:',
    waits.map((wait) => `  ${waitLine(wait, nowMs)}`),
  ),
  ...section('history:', history.map(pastLine)),
  ...section(
    'messages:',
    messages.map(({ type, sentAt, to, delaySeconds }) => {
      const delay = delaySeconds === undefined ? '' : `, due after ${delaySeconds} s`;
      return `  ${sentAt}  ${type}  to ${to}${delay}`;
    }),
  ),
  ...section(
    'parked:',
    stuck.parked.map(({ where, type, note }) => `  ${type}  ${where}  ${note}`),
  ),
  ...section(
    'dead letters:',
    stuck.dead.map(({ where, type, note }) => `  ${type}  in ${where}  ${note}`),
  ),
];
