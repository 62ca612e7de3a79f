import { accept, type Decider, type Decision, refuse } from '../../kernel/stores/decider.ts';
import { notFound } from '../../kernel/values/errors.ts';
import type { Money } from '../../kernel/values/money.ts';
import { never } from '../../kernel/values/never.ts';
import type { ExistingOrder, Order, OrderCommand, OrderEvent } from '../domain/order.ts';
import { orderDecider } from '../domain/order-decider.ts';
import { type AskAgain, askAgain } from './ask-again.ts';
import { nextStep } from './next-step.ts';
import { type Deadline, onDeadline } from './on-deadline.ts';

/** What others report to the saga, and its own deadlines. */
export type FulfilmentReport =
  | { readonly type: 'ReportStockReserved' }
  | { readonly type: 'ReportStockRejected'; readonly unavailable: readonly string[] }
  | { readonly type: 'ReportStockReleased' }
  | { readonly type: 'ReportPaymentCaptured'; readonly amount: Money }
  | { readonly type: 'ReportPaymentDeclined' }
  | { readonly type: 'ReportPaymentRefunded' }
  | ({ readonly type: 'CheckDeadline' } & Deadline)
  | { readonly type: 'ReportUserErased' };

export type FulfilmentCommand = OrderCommand | FulfilmentReport | AskAgain;

const eventIf = (condition: boolean, event: OrderEvent): OrderEvent | undefined => (condition ? event : undefined);

/** A leg that is being given back or is closed takes no more success: its compensation covers that one too. */
const onReport = (report: FulfilmentReport, order: ExistingOrder): OrderEvent | undefined => {
  const { stock, payment } = order;
  switch (report.type) {
    case 'ReportStockReserved':
      return eventIf(stock === 'requested' || stock === 'rejected', { type: 'StockReserved' });
    case 'ReportStockRejected':
      return eventIf(stock === 'requested', { type: 'StockRejected', unavailable: report.unavailable });
    case 'ReportStockReleased':
      return eventIf(stock !== 'released' && stock !== 'rejected', { type: 'StockReleased' });
    case 'ReportPaymentCaptured':
      return eventIf(['idle', 'requested', 'declined'].includes(payment), { type: 'PaymentCaptured' });
    case 'ReportPaymentDeclined':
      return eventIf(payment === 'idle' || payment === 'requested', { type: 'PaymentDeclined' });
    case 'ReportPaymentRefunded':
      return eventIf(payment !== 'refunded', { type: 'PaymentRefunded' });
    case 'CheckDeadline':
      return onDeadline(report, order);
    case 'ReportUserErased':
      return eventIf(order.kind === 'pending', { type: 'CancellationStarted', reason: 'user_erased' });
    default:
      return never(report);
  }
};

/** Another amount than the order comes to pays for nothing: it is given back, and the order ends. */
export const isWronglyPaid = (report: FulfilmentReport, order: Order): boolean => {
  if (report.type !== 'ReportPaymentCaptured' || order.kind !== 'pending') return false;
  const { amount, currency } = order.placed.total;
  return report.amount.amount !== amount || report.amount.currency !== currency;
};

const first = (command: FulfilmentCommand, order: Order): Decision<OrderEvent> => {
  if (command.type === 'PlaceOrder' || command.type === 'CancelOrder') return orderDecider.decide(command, order);
  if (command.type === 'AskAgain') return askAgain(command, order);
  if (order.kind === 'none') return refuse(notFound('order'));
  if (order.kind === 'confirmed') return accept();
  const event = onReport(command, order);
  if (!event) return accept();
  return isWronglyPaid(command, order)
    ? accept(event, { type: 'CancellationStarted', reason: 'payment_declined' })
    : accept(event);
};

const decide = (command: FulfilmentCommand, order: Order): Decision<OrderEvent> => {
  const decision = first(command, order);
  if (decision.kind === 'refused') return decision;
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
