import { accept, type Decision, refuse } from '../../kernel/stores/decider.ts';
import { notFound } from '../../kernel/values/errors.ts';
import type { ByHand, Order, OrderEvent } from '../domain/order.ts';
import { waitsOf } from '../domain/waits-of.ts';

/** By the hand of an operator: whatever the order waits for is asked for again, now. */
export interface AskAgain {
  readonly type: 'AskAgain';
  readonly byHand: ByHand;
}

/** The number goes up, so that the timer under way is no longer waited for. */
export const askAgain = ({ byHand }: AskAgain, order: Order): Decision<OrderEvent> => {
  if (order.kind === 'none') return refuse(notFound('order'));
  const steps = waitsOf(order);
  if (steps.length === 0)
    return refuse({ outcome: 'conflict', code: 'order-is-final', detail: 'The order waits for nothing.' });
  return accept(
    ...steps.map((step): OrderEvent => {
      const attempt = (order.askedAgain[step] ?? 0) + 1;
      return { type: 'StepAskedAgain', step, attempt, byHand };
    }),
  );
};
