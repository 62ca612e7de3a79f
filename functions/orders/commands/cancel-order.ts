import type { Cause } from '../../kernel/messages/message.ts';
import { notFound, Refused } from '../../kernel/values/errors.ts';
import type { Precondition } from '../../kernel/values/precondition.ts';
import type { Principal } from '../../kernel/values/principal.ts';
import type { OrderCommand } from '../domain/order.ts';
import { orderDecider } from '../domain/order-decider.ts';
import { decideOrder, type OrderChange, type OrderDeps } from './decide-order.ts';

/** Throws Refused `not_found` for another's order, `stale`, or `conflict` for a final one. */
export const cancelOrder = async (
  deps: OrderDeps,
  { sub, isAdmin }: Principal,
  orderId: string,
  precondition: Precondition,
  cause: Cause,
): Promise<OrderChange> => {
  const { state } = await deps.store.load(orderId, orderDecider);
  // The owner of an order never changes, so this look may come before the decision.
  if (state.kind === 'none' || (state.placed.userId !== sub && !isAdmin)) throw new Refused(notFound('order'));
  const command: OrderCommand =
    state.placed.userId === sub
      ? { type: 'CancelOrder', reason: 'customer' }
      : { type: 'CancelOrder', reason: 'operator', byHand: { by: sub } };
  return decideOrder(deps, { orderId, command, cause, precondition });
};
