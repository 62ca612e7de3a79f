import { orderCancelledV1 } from '../../events/contracts/orders/order-cancelled.v1.ts';
import { orderConfirmedV1 } from '../../events/contracts/orders/order-confirmed.v1.ts';
import type { ServiceMessages } from '../kernel/messages/service-messages.ts';

export const notificationsMessages = {
  subscribes: [orderConfirmedV1, orderCancelledV1],
} as const satisfies ServiceMessages;
