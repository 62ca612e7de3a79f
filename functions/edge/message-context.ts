import type { Cause } from '../kernel/messages/message.ts';
import type { Log } from '../kernel/ports/log.ts';

/** What a handler of messages is given beside the message. */
export interface MessageContext {
  /** The message as the cause of what is done about it. */
  readonly cause: Cause;
  readonly log: Log;
  /** Milliseconds until Lambda stops the function. */
  readonly remainingMs: () => number;
}
