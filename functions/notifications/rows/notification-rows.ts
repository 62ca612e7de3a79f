import { isoTime } from '../../kernel/ports/clock.ts';
import type { Item, Key, Write } from '../../kernel/stores/table.ts';
import type { JsonObject } from '../../kernel/values/json.ts';
import type { Notification } from '../domain/notification.ts';

/** A claim on the sending of a notification. */
export interface Sending {
  /** Of the claims on this notification, one after the other. */
  readonly number: number;
  readonly untilMs: number;
}

export const orderPartition = (orderId: string): string => `ORDER#${orderId}`;

/** One row for each order and kind: its insertion is what makes a notification unique. */
export const notificationKey = ({ orderId, kind }: Pick<Notification, 'orderId' | 'kind'>): Key => ({
  pk: orderPartition(orderId),
  sk: `NOTIFICATION#${kind}`,
});

/** Also of rows from before there were claims. */
export const isSent = ({ sentAt }: Item): boolean => typeof sentAt === 'string';

export const readSending = ({ version, sendingUntilMs }: Item): Sending => ({
  number: Number(version),
  untilMs: Number(sendingUntilMs),
});

const write = (
  notification: Notification,
  { number }: Sending,
  more: JsonObject,
  expectedVersion: number | undefined,
): Write => {
  const item = { ...notificationKey(notification), ...notification, version: number, ...more };
  return expectedVersion === undefined ? { kind: 'insert', item } : { kind: 'put', item, expectedVersion };
};

/** Refused when anything else than `before` is there. */
export const sendingWrite = (notification: Notification, sending: Sending, before?: Sending): Write =>
  write(notification, sending, { sendingUntilMs: sending.untilMs }, before?.number);

/** Refused when the claim was taken over. */
export const sentWrite = (
  notification: Notification,
  { channel, sentAtMs }: { readonly channel: string; readonly sentAtMs: number },
  sending: Sending,
): Write => write(notification, sending, { channel, sentAt: isoTime(sentAtMs) }, sending.number);
