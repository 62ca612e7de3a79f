import { describe, expect, it } from '@jest/globals';
import { createEventStore } from '../../../functions/kernel/stores/event-store.ts';
import { createMemoryTable } from '../../../functions/kernel/stores/memory-table.ts';
import { CANCELLATION_REASONS, type Order, type OrderEvent } from '../../../functions/orders/domain/order.ts';
import { orderDecider } from '../../../functions/orders/domain/order-decider.ts';
import { createOrderStore, orderShapes } from '../../../functions/orders/rows/order-stream.ts';
import { cause } from './orders-in-memory.ts';

const price = { amount: 450, currency: 'EUR' };
const placed = {
  orderId: 'o',
  userId: 'alice',
  items: [{ sku: 'tea', quantity: 2, price }],
  total: { amount: 900, currency: 'EUR' },
  placedAt: '2026-11-24T12:00:00.000Z',
};

/** Every event that there is, by its type: one that is missing here does not compile. */
const examples: { readonly [Type in OrderEvent['type']]: Extract<OrderEvent, { readonly type: Type }> } = {
  OrderPlaced: { type: 'OrderPlaced', ...placed },
  StockReserved: { type: 'StockReserved' },
  StockRejected: { type: 'StockRejected', unavailable: ['tea'] },
  PaymentRequested: { type: 'PaymentRequested' },
  PaymentCaptured: { type: 'PaymentCaptured' },
  PaymentDeclined: { type: 'PaymentDeclined' },
  OrderConfirmed: { type: 'OrderConfirmed' },
  CancellationStarted: { type: 'CancellationStarted', reason: 'operator', byHand: { by: 'root' } },
  RefundRequested: { type: 'RefundRequested' },
  PaymentRefunded: { type: 'PaymentRefunded' },
  StockReleaseRequested: { type: 'StockReleaseRequested' },
  StockReleased: { type: 'StockReleased' },
  OrderCancelled: { type: 'OrderCancelled', reason: 'timed_out' },
  StepAskedAgain: { type: 'StepAskedAgain', step: 'refund', attempt: 3, byHand: { by: 'ada', why: 'they called' } },
};

const legs = { stock: 'held', payment: 'captured', askedAgain: { stock: 2 } } as const;
const states: { readonly [Kind in Order['kind']]: Extract<Order, { readonly kind: Kind }> } = {
  none: { kind: 'none' },
  pending: { kind: 'pending', placed, ...legs },
  confirmed: { kind: 'confirmed', placed, ...legs },
  cancelling: { kind: 'cancelling', placed, reason: 'customer', ...legs },
  cancelled: { kind: 'cancelled', placed, reason: 'user_erased', ...legs },
};

const occurredAt = placed.placedAt;

describe('the stream of an order', () => {
  it('gives back every event as it was appended', async () => {
    const store = createOrderStore(createMemoryTable());
    const events = Object.values(examples);
    await store.append({ streamId: 'o', expectedVersion: 0, events, occurredAt, cause });
    const history = await store.history('o');
    expect(history?.map(({ event }) => event)).toEqual(events);
  });

  it.each(Object.values(states))('gives back the state of a snapshot: $kind', async (state) => {
    const store = createEventStore(createMemoryTable(), orderShapes, 1);
    const events = [examples.OrderPlaced];
    await store.append({ streamId: 'o', expectedVersion: 0, events, occurredAt, cause, state });
    expect(await store.load('o', orderDecider)).toEqual({ version: 1, state });
  });

  it.each([
    { ...examples.OrderPlaced, total: { amount: '900', currency: 'EUR' } },
    { ...examples.OrderPlaced, items: [{ sku: 'tea', price }] },
    { ...examples.OrderPlaced, items: ['tea'] },
    { ...examples.OrderPlaced, userId: undefined },
    { type: 'OrderCancelled', reason: 'whim' },
    { type: 'StockRejected' },
  ])('refuses %j, and shows no content', (event) => {
    const read = () => orderShapes.eventOf(JSON.parse(JSON.stringify(event)));
    expect(read).toThrow(/^the member \w+ is missing or of another type$/);
  });

  it.each([
    { ...states.pending, kind: 'lost' },
    { ...states.pending, stock: 'sold' },
    { ...states.pending, payment: undefined },
    { ...states.cancelled, reason: undefined },
    { kind: 'pending' },
  ])('refuses the state %j', (state) => {
    const read = () => orderShapes.stateOf(JSON.parse(JSON.stringify(state)));
    expect(read).toThrow(/^the member \w+ is missing or of another type$/);
  });

  it('knows every reason to cancel', () => {
    const read = (reason: string) => orderShapes.eventOf({ type: 'OrderCancelled', reason });
    for (const reason of CANCELLATION_REASONS) expect(read(reason)).toEqual({ type: 'OrderCancelled', reason });
  });
});
