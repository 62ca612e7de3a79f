import { type ClientCall, type History, isFinal, type OrderSeen } from './history.ts';
import { containment, honesty, projection, secrecy } from './oracle/edges.ts';
import { handedOverTwice } from './oracle/handed-over.ts';
import { haveOneContent } from './oracle/one-content.ts';
import { stockAtEachStep } from './oracle/stock-at-each-step.ts';
import { broken, type Invariant, type Violation } from './oracle/violation.ts';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

const count = <T>(list: readonly T[], matches: (each: T) => boolean): number => list.filter(matches).length;

/** Stock never goes below zero, and what is missing at the end is what confirmed orders, and those still open, hold. */
const stock: Invariant = ({ products, orders }) =>
  products.flatMap(({ sku, supplied, available }) => {
    const heldBy = (status: (order: OrderSeen) => boolean): number =>
      sum(orders.filter(status).flatMap(({ lines }) => lines.map((line) => (line.sku === sku ? line.quantity : 0))));
    const sold = heldBy(({ status }) => status === 'CONFIRMED');
    const open = heldBy(({ status }) => !isFinal(status));
    const left = available.at(-1) ?? supplied;
    const missing = supplied - left;
    return [
      ...(available.some((each) => each < 0) ? [broken('I1 stock', sku, 'was below zero')] : []),
      ...(missing < sold || missing > sold + open
        ? [broken('I1 stock', sku, `supplied ${supplied}, left ${left}, sold ${sold}, open ${open}`)]
        : []),
    ];
  });

/** What the provider kept is the total of a confirmed order and nothing of a cancelled one. */
const money: Invariant = ({ charges, orders }) => [
  ...charges
    .filter(({ captured, refunded }) => refunded > captured)
    .map(({ id, captured, refunded }) => broken('I2 money', id, `captured ${captured}, refunded ${refunded}`)),
  ...charges
    .filter(({ orderId, captured }) => captured > 0 && !orders.some(({ id }) => id === orderId))
    .map(({ id, captured }) => broken('I2 money', id, `captured ${captured} for an order that no client knows`)),
  ...orders
    .filter(({ status }) => isFinal(status))
    .flatMap(({ id, status, total }) => {
      const own = charges.filter(({ orderId }) => orderId === id);
      const kept = sum(own.map(({ captured, refunded }) => captured - refunded));
      const due = status === 'CONFIRMED' ? total : 0;
      return kept === due ? [] : [broken('I2 money', id, `${status}, due ${due}, kept ${kept}`)];
    }),
];

/** What gives money back takes none. */
const refundsCharge: Invariant = ({ charges }) =>
  charges
    .filter(({ captured, madeBy }) => captured > 0 && madeBy.includes('refund'))
    .map(({ id, orderId, madeBy }) =>
      broken('refunds never charge', String(orderId), `${madeBy} made the charge ${id}`),
    );

/** Every accepted order has become final. To be asked when faults have been off for long enough. */
const termination: Invariant = ({ orders }) =>
  orders
    .filter(({ status }) => !isFinal(status))
    .map(({ id, status }) => broken('I3 termination', id, `still ${status}`));

/** What an order's history says must have been said on the bus, and nothing else. */
const ANNOUNCED: Readonly<Record<string, string>> = {
  OrderPlaced: 'OrderPlaced.v1',
  OrderConfirmed: 'OrderConfirmed.v1',
  OrderCancelled: 'OrderCancelled.v1',
};

/** No loss: what is committed was sent. No phantom: what was sent is committed. One id, one content. */
const outbox: Invariant = ({ orders, messages }) => {
  const lostAndMade = orders.flatMap(({ id, events }) =>
    Object.entries(ANNOUNCED).flatMap(([type, message]) => {
      const committed = events.some((event) => event.type === type);
      const sent = messages.some((each) => each.type === message && each.orderId === id);
      if (committed === sent) return [];
      return [broken('I5 outbox', id, committed ? `${message} was never sent` : `${message} was sent, but is not so`)];
    }),
  );
  const contents = Map.groupBy(messages, ({ id }) => id);
  const changed = [...contents]
    .filter(([, copies]) => !haveOneContent(copies))
    .map(([id]) => broken('I5 outbox', id, 'the same id was sent with two contents'));
  return [...lostAndMade, ...changed];
};

/** The events of an order are numbered 1 to n. */
const stream: Invariant = ({ orders }) =>
  orders
    .filter(({ events }) => events.some(({ version }, index) => version !== index + 1))
    .map(({ id, events }) => broken('I6 stream', id, `versions ${events.map(({ version }) => version).join(' ')}`));

/** One order a key and client; one capture and one refund an order. */
const effectOnce: Invariant = ({ calls, charges }) => {
  const placed = calls.filter(({ outcome, key, status }) => outcome === 'ok' && key !== undefined && status === 202);
  const byKey = Map.groupBy(placed, ({ client, key }) => `${client} ${key}`);
  const doubled = [...byKey]
    .filter(([, answers]) => new Set(answers.map(({ body }) => String(JSON.parse(body).id))).size > 1)
    .map(([key]) => broken('I7 effect once', key, 'one key made several orders'));
  const captures = Map.groupBy(
    charges.filter(({ captured }) => captured > 0),
    ({ orderId }) => orderId,
  );
  const twice = [...captures]
    .filter(([, made]) => made.length > 1)
    .map(([orderId, made]) => broken('I7 effect once', String(orderId), `charged ${made.length} times`));
  return [...doubled, ...twice];
};

/** Members of an object have no order: DynamoDB gives a kept answer back in another one. */
const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, canonical(member)] as const);
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
};

const replyOf = ({ status, body }: ClientCall): string => `${status} ${JSON.stringify(canonical(JSON.parse(body)))}`;

/** The same request under the same key has the same answer. */
const stableReply: Invariant = ({ calls }) => {
  const answered = calls.filter(({ outcome, key }) => outcome === 'ok' && key !== undefined);
  const byRequest = Map.groupBy(answered, ({ client, key, request }) => `${client} ${key} ${request}`);
  return [...byRequest]
    .map(([request, answers]) => [request, [...new Set(answers.map(replyOf))]] as const)
    .filter(([, replies]) => replies.length > 1)
    .map(([request, replies]) => broken('I8 stable reply', request, replies.join(' | ')));
};

/** To a stranger an order of another is the same as none, and no key makes it their own. */
const isolation: Invariant = ({ orders, calls }) => [
  ...orders
    .filter(({ toStranger: [foreign, missing] }) => foreign !== missing)
    .map(({ id, toStranger }) => broken('I9 isolation', id, toStranger.join(' | '))),
  ...orders.flatMap(({ id, owner }) =>
    calls
      .filter(
        ({ request, outcome, body, client }) =>
          request === 'POST /orders' && outcome === 'ok' && client !== owner && JSON.parse(body).id === id,
      )
      .map(({ client }) => broken('I9 isolation', id, `the order of ${owner} was given to ${client} as theirs`)),
  ),
];

/** PENDING → CONFIRMED, or PENDING → CANCELLING → CANCELLED; a state may pass unseen, but none comes back. */
const RANK: Readonly<Record<string, number>> = { PENDING: 0, CANCELLING: 1, CONFIRMED: 2, CANCELLED: 2 };

const legality: Invariant = ({ orders }) =>
  orders.flatMap(({ id, sightings, events }) => {
    const ends = count(events, ({ type }) => type === 'OrderConfirmed' || type === 'OrderCancelled');
    const steps = sightings.slice(1).map((after, index) => [sightings[index], after] as const);
    const back = steps.filter(
      ([before, after]) =>
        before !== undefined &&
        before.status !== after.status &&
        (RANK[after.status] ?? -1) <= (RANK[before.status] ?? -1),
    );
    return [
      ...back.map(([before, after]) => broken('I12 legality', id, `was ${before?.status}, then ${after.status}`)),
      ...(ends > 1 ? [broken('I12 legality', id, 'ended more than once')] : []),
    ];
  });

/** Of a cancelled order each step that was done is undone once, the last one first. */
const compensation: Invariant = ({ orders }) =>
  orders
    .filter(({ status }) => status === 'CANCELLED')
    .flatMap(({ id, events }) => {
      const at = (type: string) => events.findIndex((event) => event.type === type);
      const complain = (text: string) => [broken('I13 compensation', id, text)];
      const often = ['PaymentRefunded', 'StockReleased'].filter(
        (type) => count(events, (each) => each.type === type) > 1,
      );
      const [captured, refunded, reserved, released] = [
        at('PaymentCaptured'),
        at('PaymentRefunded'),
        at('StockReserved'),
        at('StockReleased'),
      ];
      return [
        ...often.flatMap((type) => complain(`${type} more than once`)),
        ...(captured >= 0 && refunded < captured ? complain('the money was not given back') : []),
        ...(reserved >= 0 && released < reserved ? complain('the stock was not given back') : []),
        ...(captured >= 0 && captured < released && released < refunded ? complain('stock before money') : []),
      ];
    });

/** A final order's owner was notified of that once, and of nothing else. */
const notifications: Invariant = ({ orders, written }) => [
  ...handedOverTwice(written),
  ...orders
    .filter(({ status }) => isFinal(status))
    .flatMap(({ id, status, notifications: kinds }) => {
      const expected = status === 'CONFIRMED' ? 'order_confirmed' : 'order_cancelled';
      return kinds.join() === expected ? [] : [broken('I14 notify', id, `${status}, notified of [${kinds.join(' ')}]`)];
    }),
];

/** A scheduled run that failed, and that nothing does again but the next one of its schedule. */
const MISSED_RUNS = /^(.*)-missed-runs$/;

/** Backlogs are drained. Among dead letters lies only what explains itself: poison, and runs that faults struck. */
const backlog: Invariant = ({ queues, poison, struck }) =>
  queues.flatMap(({ name, messages }) => {
    const missed = MISSED_RUNS.exec(name)?.[1];
    const unexplained = messages.filter((body) => !poison.includes(body));
    if (missed !== undefined && unexplained.length <= (struck[missed] ?? 0)) return [];
    if (unexplained.length === 0) return [];
    return [broken('I15 recovery', name, `holds ${unexplained.length}: ${unexplained[0] ?? ''}`)];
  });

/** A fault of minutes costs time and no order: nothing but the customer, the stock and the card ends one. */
const patience: Invariant = ({ orders, endsPatience }) =>
  orders
    .filter(({ reason }) => reason === 'timed_out' && !endsPatience)
    .map(({ id, status }) => broken('patience', id, `${status} because it timed out`));

/** What only the scenario knows of. */
const claims: Invariant = ({ claims: made }) =>
  made
    .filter(({ expected, seen }) => expected !== seen)
    .map(({ subject, expected, seen }) => broken('claim', subject, `${seen} instead of ${expected}`));

export const INVARIANTS = {
  stock,
  stockAtEachStep,
  money,
  refundsCharge,
  termination,
  outbox,
  stream,
  effectOnce,
  stableReply,
  isolation,
  legality,
  compensation,
  notifications,
  backlog,
  patience,
  claims,
  projection,
  secrecy,
  containment,
  honesty,
} as const satisfies Readonly<Record<string, Invariant>>;

export const judge = (history: History): readonly Violation[] =>
  Object.values(INVARIANTS).flatMap((invariant) => invariant(history));
