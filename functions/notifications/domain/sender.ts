import type { Notification } from './notification.ts';

/**
 * Sends a notification on its way, at least once: after a crash it is sent again, with the same `key`, by which a provider
 * can know it. Throws Refused `unavailable` when it could not be handed over, or when that is not known.
 */
export interface Sender {
  readonly channel: string;
  send(notification: Notification, key: string): Promise<void>;
}

/** Hands nothing over: the row that is kept of every notification is all there is of it. */
export const recordingSender: Sender = { channel: 'recorded', send: async () => {} };
