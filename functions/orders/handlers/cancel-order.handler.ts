import { httpHandler } from '../../edge/http/handler.ts';
import { etag } from '../../kernel/values/etag.ts';
import { ordersApi } from '../api.contract.ts';
import { cancelOrder } from '../commands/cancel-order.ts';
import { requireView } from '../views/order-view.ts';
import { runtime, wireOrders } from '../wiring.ts';

const orders = wireOrders();

export const handler = httpHandler(
  ordersApi,
  'cancel-order',
  async ({ params, principal, precondition, cause }) => {
    const { state, version } = await cancelOrder(orders, principal, params.id, precondition, cause);
    return { status: 202, body: requireView(state, version), headers: { etag: etag(version) } };
  },
  runtime,
);
