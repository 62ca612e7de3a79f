import * as z from 'zod/mini';
import { id } from '../../events/contracts/fields.ts';
import { defineApi } from '../kernel/messages/contract.ts';

const notification = z.object({
  orderId: z.string(),
  kind: z.enum(['order_confirmed', 'order_cancelled']),
  subject: z.string(),
  text: z.string(),
  channel: z.string(),
  sentAt: z.string(),
});

export const notificationsApi = defineApi('notifications', {
  'list-notifications': {
    method: 'GET',
    path: '/notifications',
    summary: 'Read what the caller was sent about an order',
    access: { scopes: ['notifications/read'] },
    query: z.strictObject({ orderId: id }),
    answers: { 200: { description: 'None or more.', body: z.object({ items: z.array(notification) }) } },
  },
});
