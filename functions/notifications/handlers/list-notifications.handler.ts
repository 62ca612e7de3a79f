import { httpHandler } from '../../edge/http/handler.ts';
import { notificationsApi } from '../api.contract.ts';
import { notificationsOf } from '../views/notification-view.ts';
import { notifications, runtime } from '../wiring.ts';

export const handler = httpHandler(
  notificationsApi,
  'list-notifications',
  async ({ query, principal }) => ({
    status: 200,
    body: { items: await notificationsOf(notifications.table, principal, query.orderId) },
  }),
  runtime,
);
