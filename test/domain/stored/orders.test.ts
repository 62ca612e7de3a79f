import { beforeAll, describe, expect, it } from '@jest/globals';
import { createMemoryTable } from '../../../functions/kernel/stores/memory-table.ts';
import type { ExistingOrder } from '../../../functions/orders/domain/order.ts';
import { orderDecider } from '../../../functions/orders/domain/order-decider.ts';
import { createOrderStore } from '../../../functions/orders/rows/order-stream.ts';
import { readRows } from './corpus.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' });

const placedOn = (day: string, orderId: string) => ({
  orderId,
  userId: 'alice',
  items: [
    { sku: 'tea', quantity: 2, price: eur(450) },
    { sku: 'cup', quantity: 1, price: eur(1200) },
  ],
  total: eur(2100),
  placedAt: `${day}T12:00:00.000Z`,
});

type WithoutPlaced<State> = State extends unknown ? Omit<State, 'placed'> : never;

type Expected = readonly [version: number, state: WithoutPlaced<ExistingOrder>];

/** What each stored order is read as today, whichever release stored it. */
const always: Readonly<Record<string, Expected>> = {
  confirmed: [5, { kind: 'confirmed', stock: 'held', payment: 'captured', askedAgain: {} }],
  'out-of-stock': [
    4,
    { kind: 'cancelled', reason: 'out_of_stock', stock: 'rejected', payment: 'idle', askedAgain: {} },
  ],
  declined: [
    8,
    { kind: 'cancelled', reason: 'payment_declined', stock: 'released', payment: 'declined', askedAgain: {} },
  ],
  'cancelled-late': [
    11,
    { kind: 'cancelled', reason: 'customer', stock: 'released', payment: 'refunding', askedAgain: {} },
  ],
  'timed-out': [3, { kind: 'cancelling', reason: 'timed_out', stock: 'releasing', payment: 'idle', askedAgain: {} }],
  erased: [5, { kind: 'cancelled', reason: 'user_erased', stock: 'released', payment: 'idle', askedAgain: {} }],
};

const askedAgain: Readonly<Record<string, Expected>> = {
  'asked-again': [6, { kind: 'pending', stock: 'held', payment: 'requested', askedAgain: { stock: 2, payment: 1 } }],
};

const byOperator: Readonly<Record<string, Expected>> = {
  'by-operator': [
    6,
    { kind: 'cancelled', reason: 'operator', stock: 'released', payment: 'idle', askedAgain: { release: 1 } },
  ],
};

const releases: readonly [file: string, day: string, orders: Readonly<Record<string, Expected>>][] = [
  ['first-release', '2026-11-24', always],
  ['asked-again', '2026-11-25', { ...always, ...askedAgain }],
  ['versioned', '2026-11-26', { ...always, ...askedAgain, ...byOperator }],
  ['commit-rows', '2026-11-26', { ...always, ...askedAgain, ...byOperator }],
];

describe.each(releases)('orders that were stored by another release: %s', (file, day, expected) => {
  const table = createMemoryTable();
  const store = createOrderStore(table);

  beforeAll(async () => {
    for (const item of await readRows(`order/streams/${file}.json`)) await table.commit([{ kind: 'insert', item }]);
  });

  it('are all known here', () => {
    const streams = table.items().flatMap(({ streamId }) => (typeof streamId === 'string' ? [streamId] : []));
    expect([...new Set(streams)].sort()).toEqual(Object.keys(expected).sort());
    expect(table.items().some(({ kind }) => kind === 'snapshot')).toBe(true);
  });

  it.each(Object.entries(expected))('are read as they are: %s', async (orderId, [version, state]) => {
    const read = await store.load(orderId, orderDecider);
    expect(read).toEqual({ version, state: { ...state, placed: placedOn(day, orderId) } });
    expect((await store.history(orderId))?.length).toBe(version);
  });
});
