import { orderCancelledV1 } from '../../../events/contracts/orders/order-cancelled.v1.ts';
import { orderConfirmedV1 } from '../../../events/contracts/orders/order-confirmed.v1.ts';
import { queueHandler } from '../../edge/messages/queue.ts';
import { notify } from '../commands/notify.ts';
import { cancellation, confirmation } from '../domain/compose.ts';
import { notifications, runtime } from '../wiring.ts';

export const handler = queueHandler(
  [orderConfirmedV1, orderCancelledV1],
  (message) =>
    notify(
      notifications,
      message,
      message.type === 'OrderConfirmed.v1' ? confirmation(message.data) : cancellation(message.data),
    ),
  runtime,
);
