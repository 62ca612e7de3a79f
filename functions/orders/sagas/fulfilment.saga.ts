import { accept, type Decider, type Decision, refuse } from '../../kernel/stores/decider.ts';
import { notFound } from '../../kernel/values/errors.ts';
import { never } from '../../kernel/values/never.ts';
import type { ExistingOrder, Order, OrderCommand, OrderEvent } from '../domain/order.ts';
import { orderDecider } from '../domain/order-decider.ts';
import { nextStep } from './next-step.ts';

/** What others report to the saga, and its own deadlines. */
export type FulfilmentReport =
  | { readonly type: 'ReportStockReserved' }
  | { readonly type: 'ReportStockRejected'; readonly unavailable: readonly string[] }
  | { readonly type: 'ReportStockReleased' }
  | { readonly type: 'ReportPaymentCaptured' }
  | { readonly type: 'ReportPaymentDeclined' }
  | { readonly type: 'ReportPaymentRefunded' }
  | { readonly type: 'CheckDeadline'; readonly step: 'stock' | 'payment' }
  | { readonly type: 'ReportUserErased' };

export type FulfilmentCommand = OrderCommand | FulfilmentReport;

const eventIf = (condition: boolean, event: OrderEvent): OrderEvent | undefined => (condition ? event : undefined);

/** A leg that is being given back or is closed takes no more success: its compensation covers that one too. */
const onReport = (report: FulfilmentReport, order: ExistingOrder): OrderEvent | undefined => {
  const { stock, payment } = order;
  const pending = order.kind === 'pending';
  switch (report.type) {
    case 'ReportStockReserved':
      return eventIf(stock === 'requested' || stock === 'rejected', { type: 'StockReserved' });
    case 'ReportStockRejected':
      return eventIf(stock === 'requested', { type: 'StockRejected', unavailable: report.unavailable });
    case 'ReportStockReleased':
      return eventIf(stock !== 'released' && stock !== 'rejected', { type: 'StockReleased' });
    case 'ReportPaymentCaptured':
      return eventIf(payment === 'idle' || payment === 'requested' || payment === 'declined', {
        type: 'PaymentCaptured',
      });
    case 'ReportPaymentDeclined':
      return eventIf(payment === 'idle' || payment === 'requested', { type: 'PaymentDeclined' });
    case 'ReportPaymentRefunded':
      return eventIf(payment !== 'refunded', { type: 'PaymentRefunded' });
    case 'CheckDeadline':
      return eventIf(pending && (report.step === 'payment' || stock !== 'held'), {
        type: 'CancellationStarted',
        reason: 'timed_out',
      });
    case 'ReportUserErased':
      return eventIf(pending, { type: 'CancellationStarted', reason: 'user_erased' });
    default:
      return never(report);
  }
};

const first = (command: FulfilmentCommand, order: Order): Decision<OrderEvent> => {
  if (command.type === 'PlaceOrder' || command.type === 'CancelOrder') return orderDecider.decide(command, order);
  if (order.kind === 'none') return refuse(notFound('order'));
  if (order.kind === 'confirmed') return accept();
  const event = onReport(command, order);
  return event ? accept(event) : accept();
};

const decide = (command: FulfilmentCommand, order: Order): Decision<OrderEvent> => {
  const decision = first(command, order);
  if (decision.kind === 'refused' || decision.events.length === 0) return decision;
  const events = [...decision.events];
  let state = events.reduce(orderDecider.evolve, order);
  for (let step = nextStep(state); step; step = nextStep(state)) {
    events.push(step);
    state = orderDecider.evolve(state, step);
  }
  return accept(...events);
};

/**
 * The process that fulfils an order: it has an aggregate's shape and lives in the order's own stream, so a report and
 * what follows from it are one commit. Reports may come twice, late or in any order.
 */
export const fulfilment: Decider<FulfilmentCommand, OrderEvent, Order> = {
  initialState: orderDecider.initialState,
  decide,
  evolve: orderDecider.evolve,
};
