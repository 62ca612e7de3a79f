import { httpHandler } from '../../edge/http/handler.ts';
import { ordersApi } from '../api.contract.ts';
import { listOrders } from '../views/list-orders.ts';
import { orderEntries } from '../views/order-entries.ts';
import { runtime, wireCursors, wireGenerations, wireViews } from '../wiring.ts';

const views = wireViews();
const generations = wireGenerations(views);
const cursors = wireCursors(views);

const DEFAULT_LIMIT = 20;

export const handler = httpHandler(
  ordersApi,
  'list-orders',
  async ({ version, query: { limit, cursor, status }, principal: { sub } }) => {
    const scope = `orders of ${sub}, ${status ?? 'all'}`;
    const { live } = await generations();
    const page = await listOrders(views, {
      userId: sub,
      generation: live,
      status,
      limit: Number(limit ?? DEFAULT_LIMIT),
      start: cursor === undefined ? undefined : await cursors.read(cursor, scope),
    });
    const next = page.next && (await cursors.write(page.next, scope));
    const items = page.items.map(orderEntries[version]);
    return { status: 200, body: next === undefined ? { items } : { items, next } };
  },
  runtime,
);
