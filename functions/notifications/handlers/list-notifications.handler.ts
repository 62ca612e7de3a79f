import { httpHandler } from '../../edge/http/handler.ts';
import { notificationsApi } from '../api.contract.ts';
import { notificationsOf } from '../views/notification-view.ts';
import { runtime, wireNotifications } from '../wiring.ts';

const { table } = wireNotifications();

export const handler = httpHandler(
  notificationsApi,
  'list-notifications',
  async ({ query, principal }) => ({
    status: 200,
    body: { items: await notificationsOf(table, principal, query.orderId) },
  }),
  runtime,
);
