import { causedBy } from '../../kernel/messages/message.ts';
import { epochSeconds, isoTime } from '../../kernel/ports/clock.ts';
import { inboxWrite } from '../../kernel/stores/inbox.ts';
import { type Received, reportOf } from '../sagas/report-of.ts';
import { decideOrder, type OrderDeps } from './decide-order.ts';
import { eraseCustomer } from './erase-customer.ts';

/** A report that changes nothing leaves no inbox row: it would change nothing the second time either. */
const apply = async (deps: OrderDeps, message: Received, orderId: string): Promise<void> => {
  const nowMs = deps.clock.now();
  const givesUpBefore = isoTime(nowMs - deps.patienceSeconds * 1000);
  await decideOrder(deps, {
    orderId,
    command: reportOf(message, givesUpBefore),
    cause: causedBy(message),
    also: ({ events }) =>
      events.length === 0
        ? []
        : [{ write: inboxWrite(`fulfil-${orderId}`, message, epochSeconds(nowMs)), whenRefused: 'duplicate' }],
  });
};

/** Moves the orders on that a message is about. Throws Refused `not_found` for an order that was never placed. */
export const fulfilOrder = (deps: OrderDeps, message: Received): Promise<void> =>
  message.type === 'UserErased.v1'
    ? eraseCustomer(deps, message.data.userId, causedBy(message))
    : apply(deps, message, message.data.orderId);
