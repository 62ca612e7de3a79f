import { describe, expect, it } from '@jest/globals';
import { fold } from '../../../functions/kernel/stores/decider.ts';
import { createEventStore } from '../../../functions/kernel/stores/event-store.ts';
import { createMemoryTable } from '../../../functions/kernel/stores/memory-table.ts';
import {
  CANCELLATION_REASONS,
  type Order,
  type OrderEvent,
  PAYMENT_LEGS,
  type PaymentLeg,
  STEPS,
  STOCK_LEGS,
  type StockLeg,
} from '../../../functions/orders/domain/order.ts';
import { waitsOf } from '../../../functions/orders/domain/waits-of.ts';
import { orderShapes } from '../../../functions/orders/rows/order-stream.ts';
import { type FulfilmentCommand, fulfilment } from '../../../functions/orders/sagas/fulfilment.saga.ts';
import { nextStep } from '../../../functions/orders/sagas/next-step.ts';
import { itKeepsItsLaws } from '../../support/decider-properties.ts';
import { fc } from '../../support/properties.ts';
import { NEVER, placed, SOON } from './scenario.ts';

const { total: _, ...order } = placed;
const place: FulfilmentCommand = { type: 'PlaceOrder', ...order };

const commands: fc.Arbitrary<FulfilmentCommand> = fc.oneof(
  fc.constantFrom<FulfilmentCommand>(
    place,
    { type: 'ReportStockReserved' },
    { type: 'ReportStockRejected', unavailable: ['tea'] },
    { type: 'ReportStockReleased' },
    { type: 'ReportPaymentCaptured', amount: placed.total },
    { type: 'ReportPaymentCaptured', amount: { ...placed.total, amount: 1 } },
    { type: 'ReportPaymentDeclined' },
    { type: 'ReportPaymentRefunded' },
    { type: 'ReportUserErased' },
  ),
  fc.record({ type: fc.constant('CancelOrder' as const), reason: fc.constantFrom(...CANCELLATION_REASONS) }),
  fc.record({
    type: fc.constant('CheckDeadline' as const),
    step: fc.constantFrom('stock' as const, 'payment' as const),
    attempt: fc.nat(2),
    givesUpBefore: fc.constantFrom(NEVER, SOON),
  }),
  // An order that may still run out of patience has no timer of these.
  fc.record({
    type: fc.constant('CheckDeadline' as const),
    step: fc.constantFrom('refund' as const, 'release' as const),
    attempt: fc.nat(2),
    givesUpBefore: fc.constant(NEVER),
  }),
);

/** In the order in which a leg may move; a step may be left out. */
const STOCK: readonly StockLeg[] = ['requested', 'rejected', 'held', 'releasing', 'released'];
const PAYMENT: readonly PaymentLeg[] = ['idle', 'requested', 'declined', 'captured', 'refunding', 'refunded'];
const KINDS: readonly Order['kind'][] = ['none', 'pending', 'cancelling', 'confirmed', 'cancelled'];

const isFinal = ({ kind }: Order): boolean => kind === 'confirmed' || kind === 'cancelled';

const progress = (order: Order): readonly number[] => {
  if (order.kind === 'none') return [0];
  const { kind, stock, payment, askedAgain } = order;
  const asked = STEPS.map((step) => askedAgain[step] ?? 0);
  return [KINDS.indexOf(kind), STOCK.indexOf(stock), PAYMENT.indexOf(payment), ...asked];
};

const isLegal = (order: Order): boolean => {
  if (nextStep(order) !== undefined) return false;
  switch (order.kind) {
    case 'none':
      return true;
    case 'confirmed':
      return order.stock === 'held' && order.payment === 'captured';
    case 'pending':
      return waitsOf(order).length === 1;
    case 'cancelling':
      return waitsOf(order).length > 0;
    case 'cancelled':
      // The money goes back first: stock that is reported meanwhile waits for that.
      if (order.payment === 'refunding') return true;
      return !['requested', 'held'].includes(order.stock) && !['requested', 'captured'].includes(order.payment);
  }
};

const times = (events: readonly OrderEvent[], type: OrderEvent['type']): number =>
  events.filter((event) => event.type === type).length;

/** Each step and each compensation is asked for once, and the end comes once. */
const isOnce = (order: Order, events: readonly OrderEvent[]): boolean =>
  times(events, 'PaymentRequested') <= 1 &&
  times(events, 'RefundRequested') <= 1 &&
  times(events, 'StockReleaseRequested') <= 1 &&
  times(events, 'OrderConfirmed') === (order.kind === 'confirmed' ? 1 : 0) &&
  times(events, 'OrderCancelled') === (order.kind === 'cancelled' ? 1 : 0);

describe('the fulfilment of an order, whatever is reported to it', () => {
  it('names every leg in the order of its moves', () => {
    expect([...STOCK].sort()).toEqual([...STOCK_LEGS].sort());
    expect([...PAYMENT].sort()).toEqual([...PAYMENT_LEGS].sort());
  });

  itKeepsItsLaws(fulfilment, {
    commands,
    isLegal: (state, events) => isLegal(state) && isOnce(state, events),
    isFinal,
    progress,
    stored: (state) => orderShapes.stateOf(JSON.parse(JSON.stringify(state))),
  });

  it('is read from a snapshot and the events after it as from all its events', async () => {
    const cause = { correlationId: 'c', causationId: 'r' };
    const occurredAt = placed.placedAt;
    const stories = fc.array(commands, { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(stories, fc.integer({ min: 1, max: 9 }), async (story, every) => {
        const store = createEventStore(createMemoryTable(), orderShapes, every);
        const all: OrderEvent[] = [];
        for (const command of [place, ...story]) {
          const { state: before, version } = await store.load('o', fulfilment);
          const decision = fulfilment.decide(command, before);
          const events = decision.kind === 'accepted' ? decision.events : [];
          const state = fold(fulfilment, events, before);
          await store.append({ streamId: 'o', expectedVersion: version, events, occurredAt, cause, state });
          all.push(...events);
        }
        expect(await store.load('o', fulfilment)).toEqual({ version: all.length, state: fold(fulfilment, all) });
        expect((await store.history('o'))?.map(({ event }) => event)).toEqual(all);
      }),
    );
  });
});
