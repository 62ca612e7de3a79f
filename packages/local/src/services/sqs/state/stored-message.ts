import type { Message } from './message.ts';

/** A message as its queue keeps it. */
export interface StoredMessage {
  readonly message: Message;
  /** Since when it may be received; while in the future it is delayed or in flight. */
  readonly visibleAtMs: number;
  readonly receiveCount: number;
  readonly firstReceivedAtMs?: number;
  /** Of the last receive; earlier handles delete nothing. */
  readonly receiptHandle?: string;
  readonly phase: 'delayed' | 'ready' | 'inFlight';
}
