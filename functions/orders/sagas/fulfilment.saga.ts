import { accept, type Decider, type Decision, refuse } from '../../kernel/stores/decider.ts';
import { notFound } from '../../kernel/values/errors.ts';
import { never } from '../../kernel/values/never.ts';
import type { ExistingOrder, Order, OrderCommand, OrderEvent, Step } from '../domain/order.ts';
import { orderDecider } from '../domain/order-decider.ts';
import { waitsOf } from '../domain/waits-of.ts';
import { type AskAgain, askAgain } from './ask-again.ts';
import { nextStep } from './next-step.ts';

/** What others report to the saga, and its own deadlines. */
export type FulfilmentReport =
  | { readonly type: 'ReportStockReserved' }
  | { readonly type: 'ReportStockRejected'; readonly unavailable: readonly string[] }
  | { readonly type: 'ReportStockReleased' }
  | { readonly type: 'ReportPaymentCaptured' }
  | { readonly type: 'ReportPaymentDeclined' }
  | { readonly type: 'ReportPaymentRefunded' }
  /** `attempt` is how often the step had been asked for again when this was sent. */
  | { readonly type: 'CheckDeadline'; readonly step: Step; readonly attempt: number; readonly givesUpBefore: string }
  | { readonly type: 'ReportUserErased' };

export type FulfilmentCommand = OrderCommand | FulfilmentReport | AskAgain;

const eventIf = (condition: boolean, event: OrderEvent): OrderEvent | undefined => (condition ? event : undefined);

/** For what a timer is: that of the stock has become the payment's first one when the stock is held before it fires. */
const dueOf = (step: Step, attempt: number, order: ExistingOrder): { readonly step: Step; readonly attempt: number } =>
  step === 'stock' && waitsOf(order).includes('payment') ? { step: 'payment', attempt: 0 } : { step, attempt };

/**
 * A timer has fired. It moves the order on only if it has the number that is waited for, so that a second copy starts no
 * second chain. An order that was placed before `givesUpBefore` waits no longer; compensation is asked for without end.
 */
const onDeadline = (
  timer: Extract<FulfilmentReport, { type: 'CheckDeadline' }>,
  order: ExistingOrder,
): OrderEvent | undefined => {
  const { step, attempt } = dueOf(timer.step, timer.attempt, order);
  if (order.kind === 'pending' && order.placed.placedAt < timer.givesUpBefore)
    return { type: 'CancellationStarted', reason: 'timed_out' };
  const isDue = waitsOf(order).includes(step) && (order.askedAgain[step] ?? 0) === attempt;
  return eventIf(isDue, { type: 'StepAskedAgain', step, attempt: attempt + 1 });
};

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

const first = (command: FulfilmentCommand, order: Order): Decision<OrderEvent> => {
  if (command.type === 'PlaceOrder' || command.type === 'CancelOrder') return orderDecider.decide(command, order);
  if (command.type === 'AskAgain') return askAgain(command, order);
  if (order.kind === 'none') return refuse(notFound('order'));
  if (order.kind === 'confirmed') return accept();
  const event = onReport(command, order);
  return event ? accept(event) : accept();
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
