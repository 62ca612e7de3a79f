import * as z from 'zod/mini';
import { id } from '../../events/contracts/fields.ts';
import { type DescribedService, defineApi } from '../kernel/messages/contract.ts';

const notification = z.object({
  orderId: z.string(),
  kind: z.enum(['order_confirmed', 'order_cancelled']),
  subject: z.string(),
  text: z.string(),
  channel: z.string(),
  sentAt: z.iso.datetime(),
});

const notificationList = z.object({ items: z.array(notification) });

const confirmed = {
  orderId: '01M8B3M5H4957KA7CX0Z6EQ442',
  kind: 'order_confirmed',
  subject: 'Order 01M8B3M5H4957KA7CX0Z6EQ442 is confirmed',
  text: 'You ordered for 24.00 EUR.',
  channel: 'email',
  sentAt: '2026-11-26T12:00:07.000Z',
};

const described: DescribedService = {
  service: 'notifications',
  about: 'What was sent to a customer about an order.',
  schemas: {
    Notification: { schema: notification, example: confirmed },
    NotificationList: { schema: notificationList, example: { items: [confirmed] } },
  },
};

export const notificationsApi = defineApi(described, {
  'list-notifications': {
    method: 'GET',
    path: '/notifications',
    summary: 'Read what the caller was sent about an order',
    access: { scopes: ['notifications/read'] },
    query: z.strictObject({ orderId: id }),
    answers: { 200: { description: 'None or more.', body: notificationList } },
  },
});
