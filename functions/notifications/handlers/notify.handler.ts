import { subscriptionHandler } from '../../edge/messages/subscription.ts';
import type { DataByType, MessageOf } from '../../kernel/messages/service-messages.ts';
import { notify } from '../commands/notify.ts';
import { cancellation, confirmation } from '../domain/compose.ts';
import type { Notification } from '../domain/notification.ts';
import { notificationsMessages } from '../messages.contract.ts';
import { runtime, wireNotifications, wireOwnQueue } from '../wiring.ts';

const notifications = wireNotifications();

const compose = (message: MessageOf<DataByType<typeof notificationsMessages.subscribes>>): Notification => {
  switch (message.type) {
    case 'OrderConfirmed.v1':
      return confirmation(message.data);
    case 'OrderCancelled.v1':
      return cancellation(message.data);
    case 'OrderCancelledByOperator.v1':
      return cancellation({ ...message.data, reason: 'operator' });
  }
};

export const handler = subscriptionHandler(
  notificationsMessages.subscribes,
  (message, { remainingMs }) => notify(notifications, compose(message), remainingMs),
  runtime,
  wireOwnQueue(),
);
