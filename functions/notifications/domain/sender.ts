import type { Notification } from './notification.ts';

/**
 * Sends a notification on its way, at least once: a crash right after it may send it again. Throws Refused
 * `unavailable` when it could not be handed over.
 */
export interface Sender {
  readonly channel: string;
  send(notification: Notification): Promise<void>;
}

/** Hands nothing over: the row that is kept of every notification is all there is of it. */
export const recordingSender: Sender = { channel: 'recorded', send: async () => {} };
