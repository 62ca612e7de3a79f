import { httpHandler } from '../../edge/http/handler.ts';
import { etag } from '../../kernel/values/etag.ts';
import { ordersApi } from '../api.contract.ts';
import { readOrder } from '../views/read-order.ts';
import { runtime, wireOrders } from '../wiring.ts';

const { store } = wireOrders();

export const handler = httpHandler(
  ordersApi,
  'get-order',
  async ({ params, principal }) => {
    const { view, version } = await readOrder(store, principal, params.id);
    return { status: 200, body: view, headers: { etag: etag(version) } };
  },
  runtime,
);
