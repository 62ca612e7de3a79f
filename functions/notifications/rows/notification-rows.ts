import { isoTime } from '../../kernel/ports/clock.ts';
import type { Item, Key } from '../../kernel/stores/table.ts';
import type { Notification } from '../domain/notification.ts';

export const orderPartition = (orderId: string): string => `ORDER#${orderId}`;

/** One row for each order and kind: its insertion is what makes a notification unique. */
export const notificationKey = ({ orderId, kind }: Pick<Notification, 'orderId' | 'kind'>): Key => ({
  pk: orderPartition(orderId),
  sk: `NOTIFICATION#${kind}`,
});

export const notificationRow = (notification: Notification, channel: string, nowMs: number): Item => ({
  ...notificationKey(notification),
  ...notification,
  channel,
  sentAt: isoTime(nowMs),
});
