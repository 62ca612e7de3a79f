import { httpHandler } from '../../edge/http/handler.ts';
import { ordersApi } from '../api.contract.ts';
import { readHistory } from '../views/read-order.ts';
import { runtime, wireOrders } from '../wiring.ts';

const { store } = wireOrders();

export const handler = httpHandler(
  ordersApi,
  'get-order-history',
  async ({ params, principal }) => ({
    status: 200,
    body: { items: await readHistory(store, principal, params.id) },
  }),
  runtime,
);
