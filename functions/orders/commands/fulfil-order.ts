import { userErasedV1 } from '../../../events/contracts/users/user-erased.v1.ts';
import { causedBy, type Message } from '../../kernel/messages/message.ts';
import { epochSeconds } from '../../kernel/ports/clock.ts';
import { inboxWrite } from '../../kernel/stores/inbox.ts';
import { forbidCustomer, ordersOfCustomer } from '../rows/customer-rows.ts';
import type { FulfilmentReport } from '../sagas/fulfilment.saga.ts';
import { reportOf } from '../sagas/report-of.ts';
import { decideOrder, type OrderDeps } from './decide-order.ts';

/** A report that changes nothing leaves no inbox row: it would change nothing the second time either. */
const tell = async (
  deps: OrderDeps,
  message: Message<string, unknown>,
  orderId: string,
  report: FulfilmentReport,
): Promise<void> => {
  const nowSeconds = epochSeconds(deps.clock.now());
  await decideOrder(deps, {
    orderId,
    command: report,
    cause: causedBy(message),
    also: ({ events }) =>
      events.length === 0
        ? []
        : [{ write: inboxWrite(`fulfil-${orderId}`, message, nowSeconds), whenRefused: 'duplicate' }],
  });
};

const eraseCustomer = async (deps: OrderDeps, message: Message<string, unknown>, userId: string): Promise<void> => {
  await deps.table.commit([forbidCustomer(userId)]);
  for await (const orderId of ordersOfCustomer(deps.table, userId))
    await tell(deps, message, orderId, { type: 'ReportUserErased' });
};

/** Moves the order on that a message is about. Throws Refused `not_found` for an order that was never placed. */
export const fulfilOrder = async (deps: OrderDeps, message: Message<string, unknown>): Promise<void> => {
  const addressed = reportOf(message);
  if (addressed) return await tell(deps, message, addressed.orderId, addressed.report);
  const erased = message.type === userErasedV1.type ? userErasedV1.data.safeParse(message.data) : undefined;
  if (!erased?.success) throw new Error(`orders cannot read this ${message.type}`);
  await eraseCustomer(deps, message, erased.data.userId);
};
