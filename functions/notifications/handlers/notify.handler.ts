import { queueHandler } from '../../edge/messages/queue.ts';
import { notify } from '../commands/notify.ts';
import { cancellation, confirmation } from '../domain/compose.ts';
import { notificationsMessages } from '../messages.contract.ts';
import { runtime, wireNotifications, wireOwnQueue } from '../wiring.ts';

const notifications = wireNotifications();

export const handler = queueHandler(
  notificationsMessages.subscribes,
  (message) =>
    notify(
      notifications,
      message,
      message.type === 'OrderConfirmed.v1' ? confirmation(message.data) : cancellation(message.data),
    ),
  runtime,
  wireOwnQueue(),
);
