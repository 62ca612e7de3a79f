import { cancelOrdersOfUserV1 } from '../../../events/contracts/orders/cancel-orders-of-user.v1.ts';
import { type Cause, causedBy } from '../../kernel/messages/message.ts';
import type { DataByType, MessageOf } from '../../kernel/messages/service-messages.ts';
import { outgoing } from '../../kernel/stores/outbox.ts';
import type { Table } from '../../kernel/stores/table.ts';
import { erasurePage, forbidCustomer, ordersOfCustomer } from '../rows/customer-rows.ts';
import { ordersOf } from '../rows/order-rows.ts';
import { findGenerations } from '../rows/view-generations.ts';
import { decideOrder, type OrderDeps } from './decide-order.ts';

export interface ErasureDeps extends OrderDeps {
  readonly views: Pick<Table, 'query'>;
}

type CancelOrders = MessageOf<DataByType<readonly [typeof cancelOrdersOfUserV1]>>;

/** A page takes about a second. */
const PAGE = 100;
const LANES = 10;

/** A page is asked for once, however often the message before it comes: there is one chain of them. */
const ask = async (deps: OrderDeps, data: CancelOrders['data'], cause: Cause): Promise<void> => {
  const { userId, page } = data;
  const asking = outgoing(
    cancelOrdersOfUserV1,
    { aggregate: `customer/${userId}`, version: page + 1, data },
    cause,
    deps,
  );
  await deps.table.commit([erasurePage(userId, page, asking)]);
};

/** From now on the customer can place no order; those that there are get cancelled page by page. */
export const eraseCustomer = async (deps: OrderDeps, userId: string, cause: Cause): Promise<void> => {
  await deps.table.commit([forbidCustomer(userId)]);
  await ask(deps, { userId, page: 0 }, cause);
};

const cancelAll = async (deps: OrderDeps, orderIds: readonly string[], cause: Cause): Promise<void> => {
  for (let done = 0; done < orderIds.length; done += LANES)
    await Promise.all(
      orderIds
        .slice(done, done + LANES)
        .map((orderId) => decideOrder(deps, { orderId, command: { type: 'ReportUserErased' }, cause })),
    );
};

/**
 * One page of the orders of an erased customer. The open ones that the views know of come first, so that they do not wait
 * for thousands of finished ones; the list of all of them, read consistently, then leaves none out.
 */
export const cancelOrdersOfUser = async (deps: ErasureDeps, message: CancelOrders): Promise<void> => {
  const { userId, page, before } = message.data;
  const cause = causedBy(message);
  if (page === 0) {
    const { live } = await findGenerations(deps.views);
    const { items } = await deps.views.query({ ...ordersOf(live, userId, 'PENDING'), limit: PAGE });
    await cancelAll(
      deps,
      items.map(({ gsi1sk }) => String(gsi1sk)),
      cause,
    );
  }
  const { ids, isMore } = await ordersOfCustomer(deps.table, userId, { before, limit: PAGE });
  await cancelAll(deps, ids, cause);
  const last = ids.at(-1);
  if (isMore && last !== undefined) await ask(deps, { userId, page: page + 1, before: last }, cause);
};
