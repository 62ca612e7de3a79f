import { causedBy } from '../../kernel/messages/message.ts';
import { isoTime } from '../../kernel/ports/clock.ts';
import { type Received, reportOf } from '../sagas/report-of.ts';
import { decideOrder, type OrderDeps } from './decide-order.ts';
import { eraseCustomer } from './erase-customer.ts';

/**
 * A report moves a leg of the order forward, a timer counts: the second copy of either finds the order moved on and changes
 * nothing. So no inbox is needed.
 */
const apply = async (deps: OrderDeps, message: Received, orderId: string): Promise<void> => {
  const givesUpBefore = isoTime(deps.clock.now() - deps.patienceSeconds * 1000);
  await decideOrder(deps, {
    orderId,
    command: reportOf(message, givesUpBefore),
    cause: causedBy(message),
  });
};

/** Moves the orders on that a message is about. Throws Refused `not_found` for an order that was never placed. */
export const fulfilOrder = (deps: OrderDeps, message: Received): Promise<void> =>
  message.type === 'UserErased.v1'
    ? eraseCustomer(deps, message.data.userId, causedBy(message))
    : apply(deps, message, message.data.orderId);
