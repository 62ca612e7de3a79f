import type { Message } from '../../kernel/messages/message.ts';
import { type Clock, epochSeconds } from '../../kernel/ports/clock.ts';
import { inboxWrite } from '../../kernel/stores/inbox.ts';
import type { Table } from '../../kernel/stores/table.ts';
import type { Notification } from '../domain/notification.ts';
import type { Sender } from '../domain/sender.ts';
import { notificationKey, notificationRow } from '../rows/notification-rows.ts';

export interface NotificationDeps {
  readonly table: Table;
  readonly sender: Sender;
  readonly clock: Clock;
}

/** Sends, then records with the inbox row; whatever comes for the same order and kind after that sends nothing. */
export const notify = async (
  { table, sender, clock }: NotificationDeps,
  message: Pick<Message, 'metadata'>,
  notification: Notification,
): Promise<void> => {
  if (await table.get(notificationKey(notification), { consistent: true })) return;
  await sender.send(notification);
  const nowMs = clock.now();
  // Refused means that another delivery has recorded it meanwhile, which is as good.
  await table.commit([
    inboxWrite('notify', message, epochSeconds(nowMs)),
    { kind: 'insert', item: notificationRow(notification, sender.channel, nowMs) },
  ]);
};
