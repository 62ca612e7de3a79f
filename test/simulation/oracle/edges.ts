import type { ClientCall, History, OrderSeen } from '../history.ts';
import { isDeadLetterQueue } from './dead-letter-queue.ts';
import { broken, type Invariant } from './violation.ts';

/** A list shows each order once, and as the order itself is shown. */
export const projection: Invariant = ({ orders }) =>
  orders.flatMap(({ id, shown, listed }) => {
    if (listed.length !== 1) return [broken('I4 projection', id, `is ${listed.length} times in the list`)];
    return listed[0] === shown ? [] : [broken('I4 projection', id, `is listed as ${listed[0]}, and is ${shown}`)];
  });

/** No log line and no dead letter holds a token, a key or an e-mail address. */
export const secrecy: Invariant = ({ written, secrets }) =>
  written.flatMap(({ where, text }) =>
    secrets.filter((secret) => text.includes(secret)).map((secret) => broken('I10 secrecy', where, `wrote ${secret}`)),
  );

/** What an order may take while messages that cannot be read lie in its way: as long as without them. */
const UNHINDERED_MS = 120_000;

const durationOf = ({ events }: OrderSeen): number => {
  const times = events.map(({ occurredAt }) => Date.parse(occurredAt));
  return (times.at(-1) ?? 0) - (times[0] ?? 0);
};

/** A message that cannot be read ends among dead letters and holds up no order. */
export const containment: Invariant = ({ poison, queues, orders }) => {
  const letters = queues.filter(({ name }) => isDeadLetterQueue(name)).flatMap(({ messages }) => messages);
  const lost = poison.flatMap((body) => {
    // Two deliveries at once may both set it aside.
    return letters.includes(body) ? [] : [broken('I11 containment', body, 'is not among dead letters')];
  });
  const slow = orders
    .filter((order) => poison.length > 0 && durationOf(order) > UNHINDERED_MS)
    .map((order) => broken('I11 containment', order.id, `took ${durationOf(order)} ms beside what cannot be read`));
  return [...lost, ...slow];
};

const PLACE = 'POST /orders';
const CANCEL = /^POST \/orders\/(\w+)\/cancel$/;

const idIn = (body: string): string => String(JSON.parse(body).id);

/** What an accepted request must have left behind; undefined when it left it. */
const missingEffect = ({ request, status, body }: ClientCall, { orders }: History): string | undefined => {
  if (status !== 202) return undefined;
  const cancelled = CANCEL.exec(request)?.[1];
  const id = cancelled ?? (request === PLACE ? idIn(body) : undefined);
  if (id === undefined) return undefined;
  const event = cancelled === undefined ? 'OrderPlaced' : 'CancellationStarted';
  const committed = orders.some((order) => order.id === id && order.events.some(({ type }) => type === event));
  return committed ? undefined : `order ${id} has no ${event}`;
};

/** No success without an effect that lasts; what is the client's mistake is answered so. */
export const honesty: Invariant = (history) =>
  history.calls.flatMap((call) => {
    const { request, status, mistake } = call;
    if (mistake && (status < 400 || status >= 500)) {
      return [broken('I16 honesty', request, `a mistake of the client is answered ${status}`)];
    }
    const missing = missingEffect(call, history);
    return missing === undefined ? [] : [broken('I16 honesty', request, `answered ${status}, and ${missing}`)];
  });
