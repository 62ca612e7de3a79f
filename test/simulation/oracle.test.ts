import { describe, expect, it } from '@jest/globals';
import type { ChargeSeen, ClientCall, History, OrderSeen, PastEvent, SentMessage, StockMoment } from './history.ts';
import { INVARIANTS, judge } from './oracle.ts';

const past = (...types: readonly string[]): readonly PastEvent[] =>
  types.map((type, index) => ({ type, version: index + 1, occurredAt: '2026-11-01T12:00:00.000Z' }));

const sent = (type: string, orderId: string, data = '{}'): SentMessage => ({
  atMs: 0,
  id: `${type} ${orderId}`,
  type,
  orderId,
  data,
});

const call = (changes: Partial<ClientCall>): ClientCall => ({
  atMs: 0,
  client: 'ada',
  request: 'POST /orders',
  key: 'ada-1',
  outcome: 'ok',
  status: 202,
  body: '{"id":"A","status":"PENDING"}',
  ...changes,
});

const confirmed: OrderSeen = {
  id: 'A',
  owner: 'ada',
  total: 500,
  lines: [{ sku: 'pen', quantity: 2 }],
  sightings: [
    { atMs: 1, status: 'PENDING', version: 1 },
    { atMs: 2, status: 'CONFIRMED', version: 5 },
  ],
  status: 'CONFIRMED',
  events: past('OrderPlaced', 'StockReserved', 'PaymentRequested', 'PaymentCaptured', 'OrderConfirmed'),
  notifications: ['order_confirmed'],
  shown: '{"status":"CONFIRMED"}',
  listed: ['{"status":"CONFIRMED"}'],
  toStranger: ['404 {}', '404 {}'],
};

const cancelled: OrderSeen = {
  ...confirmed,
  id: 'B',
  lines: [{ sku: 'pen', quantity: 1 }],
  sightings: [{ atMs: 1, status: 'CANCELLED', version: 9 }],
  status: 'CANCELLED',
  reason: 'customer',
  events: past(
    'OrderPlaced',
    'StockReserved',
    'PaymentRequested',
    'PaymentCaptured',
    'CancellationStarted',
    'RefundRequested',
    'PaymentRefunded',
    'StockReleaseRequested',
    'StockReleased',
    'OrderCancelled',
  ),
  notifications: ['order_cancelled'],
};

const charge: ChargeSeen = { id: 'ch_A', orderId: 'A', madeBy: 'capture-payment', captured: 500, refunded: 0 };
const givenBack: ChargeSeen = { id: 'ch_B', orderId: 'B', madeBy: 'capture-payment', captured: 500, refunded: 500 };

const late: readonly PastEvent[] = confirmed.events.map((event) =>
  event.type === 'OrderConfirmed' ? { ...event, occurredAt: '2026-11-01T12:05:00.000Z' } : event,
);

const moment = (available: number, reserved: number, held: number, by = ['reserve-stock']): StockMoment => ({
  atMs: 0,
  sku: 'pen',
  available,
  reserved,
  held,
  by: by.map((name) => `archipelago-dev-catalog-${name}`),
});

/** Two orders, one confirmed and one cancelled after it was paid; nothing is wrong with it. */
const history: History = {
  calls: [
    call({}),
    call({ outcome: 'unknown', status: 500, body: '' }),
    call({ body: '{"status":"PENDING","id":"A"}' }),
  ],
  orders: [confirmed, cancelled],
  products: [{ sku: 'pen', supplied: 10, available: [10, 7, 8] }],
  stock: [
    moment(0, 0, 0, ['adjust-stock']),
    moment(10, 0, 0, ['adjust-stock']),
    moment(8, 2, 2),
    moment(7, 3, 3),
    moment(8, 2, 2),
  ],
  messages: [
    sent('OrderPlaced.v1', 'A'),
    sent('OrderPlaced.v1', 'A'),
    sent('CapturePayment.v1', 'A', '{"amount":5,"paymentToken":"tok_ok"}'),
    sent('CapturePayment.v1', 'A', '{"amount":5}'),
    sent('OrderConfirmed.v1', 'A'),
    sent('OrderPlaced.v1', 'B'),
    sent('OrderCancelled.v1', 'B'),
  ],
  charges: [charge, givenBack],
  queues: [
    { name: 'sweep-missed-runs', messages: ['{}'] },
    { name: 'reserve-dead-letters', messages: ['{poison'] },
  ],
  written: [
    { where: 'get-order', text: '{"message":"request","status":200}' },
    { where: 'notify', text: '{"handedOver":"A-order_confirmed"}' },
  ],
  secrets: ['@example.com'],
  poison: ['{poison'],
  struck: { sweep: 1 },
  claims: [{ subject: 'the list', expected: 'healthy', seen: 'healthy' }],
  endsPatience: false,
};

const withOrder = (changes: Partial<OrderSeen>): History => ({
  ...history,
  orders: [{ ...confirmed, ...changes }, cancelled],
});
const withCancelled = (changes: Partial<OrderSeen>): History => ({
  ...history,
  orders: [confirmed, { ...cancelled, ...changes }],
});
const seen = (...statuses: readonly string[]) => statuses.map((status, atMs) => ({ atMs, status, version: atMs + 1 }));

const planted: readonly (readonly [invariant: keyof typeof INVARIANTS, fault: string, history: History])[] = [
  ['stock', 'an oversell', { ...history, products: [{ sku: 'pen', supplied: 10, available: [9, -1, 8] }] }],
  [
    'stock',
    'stock that a cancelled order keeps',
    { ...history, products: [{ sku: 'pen', supplied: 10, available: [7] }] },
  ],
  [
    'stock',
    'stock that was given back twice',
    { ...history, products: [{ sku: 'pen', supplied: 10, available: [9] }] },
  ],
  ['stockAtEachStep', 'stock below zero', { ...history, stock: [moment(-1, 11, 11), moment(8, 2, 2)] }],
  ['stockAtEachStep', 'stock that no reservation holds', { ...history, stock: [moment(8, 2, 1), moment(8, 2, 2)] }],
  [
    'stockAtEachStep',
    'stock that is gone',
    { ...history, stock: [moment(10, 0, 0), moment(7, 2, 2), moment(8, 2, 2)] },
  ],
  ['stockAtEachStep', 'less than was supplied', { ...history, stock: [moment(7, 2, 2)] }],
  ['money', 'a cancelled order that was paid', { ...history, charges: [charge, { ...givenBack, refunded: 0 }] }],
  ['money', 'a confirmed order that was not paid', { ...history, charges: [givenBack] }],
  ['money', 'more given back than taken', { ...history, charges: [charge, { ...givenBack, refunded: 501 }] }],
  [
    'money',
    'a charge for no order',
    { ...history, charges: [charge, givenBack, { ...charge, id: 'x', orderId: 'X' }] },
  ],
  [
    'refundsCharge',
    'a charge of a refund',
    { ...history, charges: [charge, { ...givenBack, madeBy: 'refund-payment' }] },
  ],
  ['termination', 'an order without an end', withOrder({ status: 'CANCELLING' })],
  [
    'outbox',
    'a lost message',
    { ...history, messages: history.messages.filter(({ type }) => type !== 'OrderConfirmed.v1') },
  ],
  [
    'outbox',
    'a message of what is not so',
    { ...history, messages: [...history.messages, sent('OrderCancelled.v1', 'A')] },
  ],
  [
    'outbox',
    'one id with two contents',
    { ...history, messages: [...history.messages, sent('OrderPlaced.v1', 'A', '{"total":1}')] },
  ],
  [
    'outbox',
    'one command with two tokens',
    {
      ...history,
      messages: [...history.messages, sent('CapturePayment.v1', 'A', '{"amount":5,"paymentToken":"tok_other"}')],
    },
  ],
  ['stream', 'a gap', withOrder({ events: confirmed.events.filter(({ version }) => version !== 2) })],
  ['effectOnce', 'two orders under one key', { ...history, calls: [call({}), call({ body: '{"id":"C"}' })] }],
  ['effectOnce', 'two charges', { ...history, charges: [charge, { ...charge, id: 'ch_2' }, givenBack] }],
  [
    'stableReply',
    'another answer',
    { ...history, calls: [call({}), call({ body: '{"id":"A","status":"CONFIRMED"}' })] },
  ],
  ['isolation', 'a foreign order that shows', withOrder({ toStranger: ['403 {}', '404 {}'] })],
  ['isolation', 'one order for two', { ...history, calls: [call({}), call({ client: 'ben' })] }],
  ['legality', 'a final order that changes', withOrder({ sightings: seen('CONFIRMED', 'CANCELLING') })],
  ['legality', 'a way back', withOrder({ sightings: seen('CANCELLING', 'PENDING') })],
  ['legality', 'two ends', withOrder({ events: past('OrderPlaced', 'OrderConfirmed', 'OrderCancelled') })],
  ['compensation', 'money kept', withCancelled({ events: past('OrderPlaced', 'PaymentCaptured', 'OrderCancelled') })],
  ['compensation', 'stock kept', withCancelled({ events: past('OrderPlaced', 'StockReserved', 'OrderCancelled') })],
  [
    'compensation',
    'stock before money',
    withCancelled({ events: past('PaymentCaptured', 'StockReleased', 'PaymentRefunded', 'OrderCancelled') }),
  ],
  [
    'compensation',
    'a refund twice',
    withCancelled({ events: past('PaymentCaptured', 'PaymentRefunded', 'PaymentRefunded') }),
  ],
  ['notifications', 'one that is sent twice', { ...history, written: [...history.written, ...history.written] }],
  ['notifications', 'none', withOrder({ notifications: [] })],
  ['notifications', 'two', withOrder({ notifications: ['order_confirmed', 'order_confirmed'] })],
  ['notifications', 'the wrong one', withOrder({ notifications: ['order_cancelled'] })],
  ['backlog', 'a dead letter', { ...history, queues: [{ name: 'dead-letters', messages: ['{}'] }] }],
  ['claims', 'what is not so', { ...history, claims: [{ subject: 'the list', expected: 'gone', seen: 'healthy' }] }],
  ['backlog', 'a scheduled run that was missed without any fault', { ...history, struck: {} }],
  ['projection', 'a list that is behind', withOrder({ listed: ['{"status":"PENDING"}'] })],
  ['projection', 'an order that no list has', withOrder({ listed: [] })],
  ['secrecy', 'a log with an address', { ...history, written: [{ where: 'f', text: '{"to":"ada@example.com"}' }] }],
  ['containment', 'poison that is nowhere', { ...history, queues: [] }],
  ['containment', 'an order that waited', withOrder({ events: late })],
  ['honesty', 'an accepted order that is not there', { ...history, calls: [call({ body: '{"id":"C"}' })] }],
  ['honesty', 'an accepted cancel without effect', { ...history, calls: [call({ request: 'POST /orders/A/cancel' })] }],
  ['honesty', 'an error of its own for a mistake', { ...history, calls: [call({ status: 500, mistake: true })] }],
  ['honesty', 'a mistake that is accepted', { ...history, calls: [call({ status: 202, mistake: true })] }],
  ['patience', 'an order that timed out', withCancelled({ reason: 'timed_out' })],
];

describe('the oracle', () => {
  it('has nothing to object to in a history that is right', () => {
    expect(judge(history)).toEqual([]);
  });

  it.each(planted)('%s sees %s', (invariant, _fault, wrong) => {
    expect(INVARIANTS[invariant](wrong)).not.toEqual([]);
    expect(judge(wrong)).toEqual(expect.arrayContaining([...INVARIANTS[invariant](wrong)]));
  });

  it('has a planted fault for each of its invariants', () => {
    expect([...new Set(planted.map(([invariant]) => invariant))].sort()).toEqual(Object.keys(INVARIANTS).sort());
  });
});
