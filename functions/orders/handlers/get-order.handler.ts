import { httpHandler } from '../../edge/http/handler.ts';
import { etag } from '../../kernel/values/etag.ts';
import { ordersApi } from '../api.contract.ts';
import { readOrder } from '../views/read-order.ts';
import { runtime, wireOrders } from '../wiring.ts';

const { store } = wireOrders();

/** When to look again at an order that waits for an answer. */
const RETRY_SECONDS = 5;

export const handler = httpHandler(
  ordersApi,
  'get-order',
  async ({ params, principal }) => {
    const { view, version } = await readOrder(store, principal, params.id);
    const retryAfter = view.waitsFor === undefined ? {} : { 'retry-after': String(RETRY_SECONDS) };
    return { status: 200, body: view, headers: { etag: etag(version), ...retryAfter } };
  },
  runtime,
);
