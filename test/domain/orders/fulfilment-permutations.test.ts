import { describe, expect, it } from '@jest/globals';
import { fold } from '../../../functions/kernel/stores/decider.ts';
import type { Order, OrderEvent } from '../../../functions/orders/domain/order.ts';
import { type FulfilmentReport, fulfilment } from '../../../functions/orders/sagas/fulfilment.saga.ts';
import { orderPlaced, placed, SOON } from './scenario.ts';

const permutations = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, at) => permutations(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));

const play = (
  reports: readonly FulfilmentReport[],
): { readonly order: Order; readonly events: readonly OrderEvent[] } => {
  const events: OrderEvent[] = [orderPlaced];
  for (const report of reports) {
    const decision = fulfilment.decide(report, fold(fulfilment, events));
    if (decision.kind === 'accepted') events.push(...decision.events);
  }
  return { order: fold(fulfilment, events), events };
};

const statusOf = (order: Order) => (order.kind === 'cancelled' ? `cancelled ${order.reason}` : order.kind);

const reserved: FulfilmentReport = { type: 'ReportStockReserved' };
const rejected: FulfilmentReport = { type: 'ReportStockRejected', unavailable: ['tea'] };
const released: FulfilmentReport = { type: 'ReportStockReleased' };
const captured: FulfilmentReport = { type: 'ReportPaymentCaptured', amount: placed.total };
const declined: FulfilmentReport = { type: 'ReportPaymentDeclined' };
const refunded: FulfilmentReport = { type: 'ReportPaymentRefunded' };
const erased: FulfilmentReport = { type: 'ReportUserErased' };
const late: FulfilmentReport = { type: 'CheckDeadline', step: 'payment', attempt: 0, givesUpBefore: SOON };

const stories: readonly (readonly [string, string, readonly FulfilmentReport[]])[] = [
  [
    'stock held and money captured, each told three times',
    'confirmed',
    [reserved, reserved, reserved, captured, captured, captured],
  ],
  ['no stock, told six times', 'cancelled out_of_stock', [rejected, rejected, rejected, rejected, rejected, rejected]],
  [
    'money declined, everything told twice',
    'cancelled payment_declined',
    [reserved, declined, released, reserved, declined, released],
  ],
  [
    'timed out with nothing heard but the compensations',
    'cancelled timed_out',
    [late, released, released, late, released, late],
  ],
];

describe.each(stories)('%s', (_, status, reports) => {
  const outcomes = permutations(reports).map((order) => play(order));

  it('ends equal in all 720 orders of arrival', () => {
    expect(outcomes).toHaveLength(720);
    expect(new Set(outcomes.map(({ order }) => statusOf(order)))).toEqual(new Set([status]));
  });

  it('asks for each compensation at most once', () => {
    const twice = outcomes.filter(({ events }) =>
      (['RefundRequested', 'StockReleaseRequested', 'PaymentRequested'] as const).some(
        (type) => events.filter((event) => event.type === type).length > 1,
      ),
    );
    expect(twice).toEqual([]);
  });
});

describe('a race between success and cancellation', () => {
  const outcomes = permutations([reserved, captured, erased, late, released, refunded]).map((order) => play(order));

  it('ends final in all 720 orders of arrival', () => {
    expect(new Set(outcomes.map(({ order }) => order.kind))).toEqual(new Set(['confirmed', 'cancelled']));
  });

  it('never cancels with stock or money held', () => {
    const holding = outcomes.filter(
      ({ order }) => order.kind === 'cancelled' && (order.stock === 'held' || order.payment === 'captured'),
    );
    expect(holding).toEqual([]);
  });
});
