import { describe, expect, it } from '@jest/globals';
import type { Order, OrderEvent, Step } from '../../../functions/orders/domain/order.ts';
import { waitsOf } from '../../../functions/orders/domain/waits-of.ts';
import { type FulfilmentCommand, fulfilment } from '../../../functions/orders/sagas/fulfilment.saga.ts';
import { NEVER, orderPlaced, placed, SOON } from './scenario.ts';

interface Timer {
  readonly step: Step;
  readonly attempt: number;
}

/**
 * A model of the world around one order: what catalog and payments hold, every message under way, and the timers. The
 * search takes every interleaving of deliveries, one repeated and one lost delivery, timers at any moment, the end of
 * patience, and one cancellation from outside.
 */
interface World {
  readonly order: Order;
  readonly stock: 'none' | 'reserved' | 'rejected' | 'closed';
  readonly money: 'none' | 'captured' | 'declined' | 'closed';
  readonly underWay: readonly string[];
  readonly timers: readonly Timer[];
  readonly repeats: number;
  readonly losses: number;
  /** How often a timer may still fire: the search would not end otherwise. */
  readonly firings: number;
  readonly interventions: readonly ('CancelOrder' | 'UserErased')[];
  readonly sent: readonly string[];
}

const COMMAND_OF: Readonly<Record<Step, string>> = {
  stock: 'ReserveStock',
  payment: 'CapturePayment',
  refund: 'RefundPayment',
  release: 'ReleaseStock',
};

/** A step that an event asks for, with the number of its timer. */
const askedBy = (event: OrderEvent): readonly Timer[] => {
  switch (event.type) {
    case 'OrderPlaced':
      return [{ step: 'stock', attempt: 0 }];
    case 'PaymentRequested':
      return [{ step: 'payment', attempt: 0 }];
    case 'RefundRequested':
      return [{ step: 'refund', attempt: 0 }];
    case 'StockReleaseRequested':
      return [{ step: 'release', attempt: 0 }];
    case 'StepAskedAgain':
      return [{ step: event.step, attempt: event.attempt }];
    default:
      return [];
  }
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
      return { type: 'ReportPaymentCaptured', amount: placed.total };
    case 'PaymentDeclined':
      return { type: 'ReportPaymentDeclined' };
    case 'PaymentRefunded':
      return { type: 'ReportPaymentRefunded' };
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
  const asked = events.flatMap(askedBy);
  const commands = asked.map(({ step }) => COMMAND_OF[step]);
  return {
    ...world,
    order: events.reduce(fulfilment.evolve, world.order),
    underWay: [...world.underWay, ...commands].sort(),
    timers: [...world.timers, ...asked].sort((one, other) => one.step.localeCompare(other.step)),
    sent: [...world.sent, ...commands].sort(),
  };
};

const fire = (world: World, timer: Timer, givesUpBefore: string): World => {
  const timers = world.timers.filter((each) => each !== timer);
  return tell({ ...world, timers }, { type: 'CheckDeadline', ...timer, givesUpBefore });
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
      if (world.stock === 'reserved') return [answer(world, {}, 'StockReserved')];
      if (world.stock !== 'none') return [answer(world, {}, 'StockRejected')];
      return [
        answer(world, { stock: 'reserved' }, 'StockReserved'),
        answer(world, { stock: 'rejected' }, 'StockRejected'),
      ];
    case 'ReleaseStock':
      return [answer(world, { stock: 'closed' }, 'StockReleased')];
    case 'CapturePayment':
      if (world.money === 'captured') return [answer(world, {}, 'PaymentCaptured')];
      if (world.money !== 'none') return [answer(world, {}, 'PaymentDeclined')];
      return [
        answer(world, { money: 'captured' }, 'PaymentCaptured'),
        answer(world, { money: 'declined' }, 'PaymentDeclined'),
      ];
    case 'RefundPayment':
      return [answer(world, { money: 'closed' }, 'PaymentRefunded')];
    default:
      return [tell(world, report(message))];
  }
};

const without = (messages: readonly string[], message: string) => messages.toSpliced(messages.indexOf(message), 1);

const successors = (world: World): readonly World[] => [
  ...[...new Set(world.underWay)].flatMap((message) => {
    const delivered = { ...world, underWay: without(world.underWay, message) };
    return [
      ...deliver(delivered, message),
      ...(world.repeats > 0 ? deliver({ ...world, repeats: world.repeats - 1 }, message) : []),
      ...(world.losses > 0 ? [{ ...delivered, losses: world.losses - 1 }] : []),
    ];
  }),
  ...(world.firings > 0 ? world.timers : []).flatMap((timer) =>
    [NEVER, SOON].map((givesUpBefore) => fire({ ...world, firings: world.firings - 1 }, timer, givesUpBefore)),
  ),
  ...world.interventions.map((intervention) => tell({ ...world, interventions: [] }, report(intervention))),
];

const isFinal = ({ order }: World): boolean => order.kind === 'confirmed' || order.kind === 'cancelled';

const start: World = tell(
  {
    order: fulfilment.initialState,
    stock: 'none',
    money: 'none',
    underWay: [],
    timers: [],
    repeats: 1,
    losses: 1,
    firings: 2,
    sent: [],
    interventions: ['CancelOrder', 'UserErased'],
  },
  {
    type: 'PlaceOrder',
    orderId: 'o',
    userId: 'u',
    items: orderPlaced.type === 'OrderPlaced' ? orderPlaced.items : [],
    placedAt: '2026-11-24T12:00:00.000Z',
  },
);

const explore = (): { readonly all: readonly World[]; readonly quiet: readonly World[] } => {
  const seen = new Map<string, World>();
  const open = [start];
  for (let world = open.pop(); world; world = open.pop()) {
    const key = JSON.stringify(world);
    if (seen.has(key)) continue;
    seen.set(key, world);
    open.push(...successors(world));
  }
  const all = [...seen.values()];
  return { all, quiet: all.filter(({ underWay }) => underWay.length === 0) };
};

const { all, quiet } = explore();
/** Everything under way is delivered and answered, in order; then what is waited for is asked for again. */
const settled = (quietWorld: World): World => {
  let world = quietWorld;
  for (let steps = 0; steps < 100; steps += 1) {
    const [message] = world.underWay;
    const waits = waitsOf(world.order);
    const timer = world.timers.find(({ step }) => waits.includes(step));
    if (message === undefined && timer === undefined) return world;
    const [next] =
      message === undefined
        ? timer
          ? [fire(world, timer, NEVER)]
          : []
        : deliver({ ...world, underWay: without(world.underWay, message) }, message);
    if (next) world = next;
  }
  return world;
};

/** One is enough to see what is wrong; all of them are a megabyte of output. */
const firstViolating = (worlds: readonly World[], holds: (world: World) => boolean): World | undefined =>
  worlds.find((world) => !holds(world));

describe('an order in every interleaving of messages, repeats, deadlines and cancellations', () => {
  it('is searched exhaustively', () => {
    expect(all.length).toBeGreaterThan(1_000);
    expect(
      new Set(
        quiet
          .filter(isFinal)
          .map(({ order }) => `${order.kind} ${order.kind === 'cancelled' ? order.reason : ''}`.trim()),
      ),
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

  it('waits for nothing without a timer that has its number', () => {
    const hasTimer = ({ order, timers }: World) =>
      order.kind !== 'none' &&
      waitsOf(order).every((step) =>
        timers.some((timer) => timer.step === step && timer.attempt === (order.askedAgain[step] ?? 0)),
      );
    expect(firstViolating(all, hasTimer)).toBeUndefined();
    expect(firstViolating(all, (world) => isFinal(world) || waitsOf(world.order).length > 0)).toBeUndefined();
  });

  it('keeps one timer for a number, whatever is repeated', () => {
    const distinct = ({ timers }: World) =>
      new Set(timers.map((timer) => JSON.stringify(timer))).size === timers.length;
    expect(firstViolating(all, distinct)).toBeUndefined();
  });

  it('ends by its timers alone once catalog and payments answer, from wherever they had left it', () => {
    const stuck = quiet.filter((world) => !isFinal(settled(world)));
    expect(stuck[0]).toBeUndefined();
  });

  it.each([0, 1, 10, 200])('ends when nothing is answered for %i firings of its timers, and then all is', (firings) => {
    let world: World = start;
    for (let fired = 0; fired < firings; fired += 1) {
      const [timer] = world.timers.filter(({ step }) => waitsOf(world.order).includes(step)).slice(-1);
      if (timer) world = { ...fire(world, timer, fired < 100 ? NEVER : SOON), underWay: [] };
    }
    expect(isFinal(world)).toBe(false);
    expect(settled({ ...world, underWay: [] }).order.kind).toBe(firings > 100 ? 'cancelled' : 'confirmed');
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

  it('sends each command once, and again only when its timer fires', () => {
    const asked = ({ order, sent }: World) =>
      (Object.keys(COMMAND_OF) as Step[]).every(
        (step) =>
          sent.filter((command) => command === COMMAND_OF[step]).length <=
          1 + (order.kind === 'none' ? 0 : (order.askedAgain[step] ?? 0)),
      );
    expect(firstViolating(all, asked)).toBeUndefined();
  });

  it('never leaves a final state', () => {
    const stays = (world: World) =>
      !isFinal(world) || successors(world).every(({ order }) => order.kind === world.order.kind);
    expect(firstViolating(all, stays)).toBeUndefined();
  });
});
