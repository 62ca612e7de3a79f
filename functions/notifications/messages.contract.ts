import { orderCancelledV1 } from '../../events/contracts/orders/order-cancelled.v1.ts';
import { orderCancelledByOperatorV1 } from '../../events/contracts/orders/order-cancelled-by-operator.v1.ts';
import { orderConfirmedV1 } from '../../events/contracts/orders/order-confirmed.v1.ts';
import type { ServiceMessages } from '../kernel/messages/service-messages.ts';

export const notificationsMessages = {
  subscribes: [orderConfirmedV1, orderCancelledV1, orderCancelledByOperatorV1],
} as const satisfies ServiceMessages;
