import { describe, expect, it } from '@jest/globals';
import type { Order, OrderEvent } from '../../../functions/orders/domain/order.ts';
import { type FulfilmentCommand, fulfilment } from '../../../functions/orders/sagas/fulfilment.saga.ts';
import { orderPlaced } from './scenario.ts';

/**
 * A model of the world around one order: what catalog and payments hold, and every message under way. The search takes
 * every interleaving of deliveries, one repeated delivery, deadlines at any moment, and one cancellation from outside.
 */
interface World {
  readonly order: Order;
  readonly stock: 'none' | 'reserved' | 'rejected' | 'closed';
  readonly money: 'none' | 'captured' | 'declined' | 'closed';
  readonly underWay: readonly string[];
  readonly repeats: number;
  readonly interventions: readonly ('CancelOrder' | 'UserErased')[];
  readonly sent: readonly string[];
}

const COMMANDS_OF: Partial<Record<OrderEvent['type'], readonly string[]>> = {
  OrderPlaced: ['ReserveStock', 'CheckDeadline stock'],
  PaymentRequested: ['CapturePayment', 'CheckDeadline payment'],
  RefundRequested: ['RefundPayment'],
  StockReleaseRequested: ['ReleaseStock'],
};

const report = (message: string): FulfilmentCommand => {
  switch (message) {
    case 'StockReserved':
      return { type: 'ReportStockReserved' };
    case 'StockRejected':
      return { type: 'ReportStockRejected', unavailable: [] };
    case 'StockReleased':
      return { type: 'ReportStockReleased' };
    case 'PaymentCaptured':
      return { type: 'ReportPaymentCaptured' };
    case 'PaymentDeclined':
      return { type: 'ReportPaymentDeclined' };
    case 'PaymentRefunded':
      return { type: 'ReportPaymentRefunded' };
    case 'CheckDeadline stock':
      return { type: 'CheckDeadline', step: 'stock' };
    case 'CheckDeadline payment':
      return { type: 'CheckDeadline', step: 'payment' };
    case 'CancelOrder':
      return { type: 'CancelOrder', reason: 'customer' };
    case 'UserErased':
      return { type: 'ReportUserErased' };
    default:
      throw new Error(message);
  }
};

const tell = (world: World, command: FulfilmentCommand): World => {
  const decision = fulfilment.decide(command, world.order);
  const events = decision.kind === 'accepted' ? decision.events : [];
  const commands = events.flatMap(({ type }) => COMMANDS_OF[type] ?? []);
  return {
    ...world,
    order: events.reduce(fulfilment.evolve, world.order),
    underWay: [...world.underWay, ...commands].sort(),
    sent: [...world.sent, ...commands].sort(),
  };
};

const answer = (world: World, change: Partial<World>, ...reports: readonly string[]): World => ({
  ...world,
  ...change,
  underWay: [...world.underWay, ...reports].sort(),
});

/** Every world that delivering a message may lead to: a provider may accept or decline. */
const deliver = (world: World, message: string): readonly World[] => {
  switch (message) {
    case 'ReserveStock':
      if (world.stock === 'closed') return [answer(world, {}, 'StockRejected')];
      if (world.stock !== 'none') return [world];
      return [
        answer(world, { stock: 'reserved' }, 'StockReserved'),
        answer(world, { stock: 'rejected' }, 'StockRejected'),
      ];
    case 'ReleaseStock':
      return world.stock === 'closed' ? [world] : [answer(world, { stock: 'closed' }, 'StockReleased')];
    case 'CapturePayment':
      if (world.money === 'closed') return [answer(world, {}, 'PaymentDeclined')];
      if (world.money !== 'none') return [world];
      return [
        answer(world, { money: 'captured' }, 'PaymentCaptured'),
        answer(world, { money: 'declined' }, 'PaymentDeclined'),
      ];
    case 'RefundPayment':
      return world.money === 'closed' ? [world] : [answer(world, { money: 'closed' }, 'PaymentRefunded')];
    default:
      return [tell(world, report(message))];
  }
};

const without = (messages: readonly string[], message: string) => messages.toSpliced(messages.indexOf(message), 1);

const successors = (world: World): readonly World[] => [
  ...[...new Set(world.underWay)].flatMap((message) => [
    ...deliver({ ...world, underWay: without(world.underWay, message) }, message),
    ...(world.repeats > 0 ? deliver({ ...world, repeats: world.repeats - 1 }, message) : []),
  ]),
  ...world.interventions.map((intervention) => tell({ ...world, interventions: [] }, report(intervention))),
];

const explore = (): { readonly all: readonly World[]; readonly ends: readonly World[] } => {
  const start = tell(
    {
      order: fulfilment.initialState,
      stock: 'none',
      money: 'none',
      underWay: [],
      repeats: 2,
      sent: [],
      interventions: ['CancelOrder', 'UserErased'],
    },
    {
      type: 'PlaceOrder',
      orderId: 'o',
      userId: 'u',
      items: orderPlaced.type === 'OrderPlaced' ? orderPlaced.items : [],
      paymentToken: 't',
      placedAt: '2026-11-24T12:00:00.000Z',
    },
  );
  const seen = new Map<string, World>();
  const open = [start];
  for (let world = open.pop(); world; world = open.pop()) {
    const key = JSON.stringify(world);
    if (seen.has(key)) continue;
    seen.set(key, world);
    open.push(...successors(world));
  }
  const all = [...seen.values()];
  return { all, ends: all.filter(({ underWay }) => underWay.length === 0) };
};

const { all, ends } = explore();
/** One is enough to see what is wrong; all of them are a megabyte of output. */
const firstViolating = (worlds: readonly World[], holds: (world: World) => boolean): World | undefined =>
  worlds.find((world) => !holds(world));

describe('an order in every interleaving of messages, repeats, deadlines and cancellations', () => {
  it('is searched exhaustively', () => {
    expect(all.length).toBeGreaterThan(1_000);
    expect(
      new Set(ends.map(({ order }) => `${order.kind} ${order.kind === 'cancelled' ? order.reason : ''}`.trim())),
    ).toEqual(
      new Set([
        'confirmed',
        'cancelled out_of_stock',
        'cancelled payment_declined',
        'cancelled timed_out',
        'cancelled customer',
        'cancelled user_erased',
      ]),
    );
  });

  it('ends confirmed or cancelled', () => {
    expect(
      firstViolating(ends, ({ order }) => order.kind === 'confirmed' || order.kind === 'cancelled'),
    ).toBeUndefined();
  });

  it('holds stock and money whenever it is confirmed', () => {
    expect(
      firstViolating(
        all,
        ({ order, stock, money }) => order.kind !== 'confirmed' || (stock === 'reserved' && money === 'captured'),
      ),
    ).toBeUndefined();
  });

  it('holds neither stock nor money whenever it is cancelled', () => {
    expect(
      firstViolating(
        all,
        ({ order, stock, money }) => order.kind !== 'cancelled' || (stock !== 'reserved' && money !== 'captured'),
      ),
    ).toBeUndefined();
  });

  it('sends each command at most once', () => {
    expect(firstViolating(all, ({ sent }) => new Set(sent).size === sent.length)).toBeUndefined();
  });

  it('never leaves a final state', () => {
    const stays = (world: World) =>
      (world.order.kind !== 'confirmed' && world.order.kind !== 'cancelled') ||
      successors(world).every(({ order }) => order.kind === world.order.kind);
    expect(firstViolating(all, stays)).toBeUndefined();
  });
});
