import { ORDER_ID } from './history.ts';
import type { Played } from './play.ts';

interface Entry {
  readonly atMs: number;
  readonly text: string;
}

/** The order that a violation is about, or else the first one that there is. */
const orderOf = ({ history: { orders }, violations }: Played) =>
  orders.find(({ id }) => violations.some(({ subject, text }) => subject === id || text.includes(id))) ?? orders[0];

/** A violation may name an order that no client knows. */
const orderIdOf = (played: Played): string | undefined =>
  orderOf(played)?.id ??
  ORDER_ID.exec(played.violations.map(({ subject, text }) => `${subject} ${text}`).join('\n'))?.[0];

const entriesOf = (played: Played): readonly Entry[] => {
  const { history, remarks } = played;
  const order = orderOf(played);
  const id = orderIdOf(played);
  const about = ({ request, body }: { readonly request: string; readonly body: string }) =>
    id !== undefined && !request.startsWith('GET') && `${request} ${body}`.includes(id);
  return [
    ...remarks,
    ...history.calls
      .filter(about)
      .map(({ atMs, client, request, status }) => ({ atMs, text: `${client}: ${request} answered ${status}` })),
    ...history.messages
      .filter(({ orderId }) => orderId === id)
      .map(({ atMs, type }) => ({ atMs, text: `message ${type}` })),
    ...(order?.events ?? []).map(({ type, occurredAt }) => ({ atMs: Date.parse(occurredAt), text: `order: ${type}` })),
    ...(order?.sightings ?? []).map(({ atMs, status }) => ({ atMs, text: `order is seen ${status}` })),
  ].sort((a, b) => a.atMs - b.atMs);
};

/** Without what only says again how it stands: a status that was seen before, a message that was sent before. */
const withoutRepeats = (entries: readonly Entry[]): readonly Entry[] => {
  const known = new Set<string>();
  return entries.filter(({ text }) => {
    const old = known.has(text);
    if (!text.startsWith('faults')) known.add(text);
    return !old;
  });
};

const LONGEST = 160;

const short = (text: string): string => (text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`);

/** What broke, and one order's way there: its requests, messages and events, and when faults began and ended. */
export const storyOf = (played: Played): readonly string[] => {
  const { startedAtMs, violations } = played;
  const order = orderOf(played);
  const seconds = (atMs: number) => `+${((atMs - startedAtMs) / 1_000).toFixed(1)} s`.padStart(11);
  return [
    ...violations.map(({ invariant, subject, text }) => `  ${invariant}  ${subject}  ${short(text)}`),
    ...(order ? [`  Order ${order.id} of ${order.owner}, total ${order.total}:`] : []),
    ...withoutRepeats(entriesOf(played)).map(({ atMs, text }) => `${seconds(atMs)}  ${text}`),
    `${seconds(startedAtMs + played.virtualMs)}  end`,
  ];
};
