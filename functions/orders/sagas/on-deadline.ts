import type { ExistingOrder, OrderEvent, Step } from '../domain/order.ts';
import { waitsOf } from '../domain/waits-of.ts';

export interface Deadline {
  readonly step: Step;
  /** How often the step had been asked for again when this was sent. */
  readonly attempt: number;
  /** RFC 3339: an order that was placed earlier is out of patience. */
  readonly givesUpBefore: string;
}

/** For what a timer is: that of the stock has become the payment's first one when the stock is held before it fires. */
const dueOf = (step: Step, attempt: number, order: ExistingOrder): { readonly step: Step; readonly attempt: number } =>
  step === 'stock' && waitsOf(order).includes('payment') ? { step: 'payment', attempt: 0 } : { step, attempt };

/**
 * A timer has fired. It moves the order on only if it has the number that is waited for, so that a second copy starts no
 * second chain. An order that was placed before `givesUpBefore` waits no longer; compensation is asked for without end.
 */
export const onDeadline = (timer: Deadline, order: ExistingOrder): OrderEvent | undefined => {
  const { step, attempt } = dueOf(timer.step, timer.attempt, order);
  if (order.kind === 'pending' && order.placed.placedAt < timer.givesUpBefore)
    return { type: 'CancellationStarted', reason: 'timed_out' };
  const isDue = waitsOf(order).includes(step) && (order.askedAgain[step] ?? 0) === attempt;
  return isDue ? { type: 'StepAskedAgain', step, attempt: attempt + 1 } : undefined;
};
