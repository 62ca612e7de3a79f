import { createMessageShelves } from './message-shelves.ts';
import type { StoredMessage } from './stored-message.ts';

export interface Counts {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

export type VisibilityChange = 'changed' | 'notInFlight' | 'unknown';

export interface Receive {
  readonly max: number;
  readonly visibleAtMs: number;
  /** A message received this often already is given up instead of being received again. */
  readonly maxReceiveCount: number;
  newHandle(messageId: string): string;
}

export interface Received {
  readonly received: readonly StoredMessage[];
  /** Taken out for good. */
  readonly givenUp: readonly StoredMessage[];
}

/** What a message brings along: receives are counted across queues. */
export type Arrival = Pick<StoredMessage, 'message'> &
  Partial<Pick<StoredMessage, 'receiveCount' | 'firstReceivedAtMs'>>;

/** One standard queue. Pure: the time is passed in, and its owner wakes the readers. */
export interface QueueState {
  put(arrival: Arrival, visibleAtMs: number, nowMs: number): void;
  /** Takes up to `max` visible messages, oldest first, and hides them until `visibleAtMs`. */
  receive(request: Receive, nowMs: number): Received;
  /** Takes every visible message out for good. */
  takeVisible(nowMs: number): readonly StoredMessage[];
  delete(messageId: string, receiptHandle: string): boolean;
  changeVisibility(messageId: string, receiptHandle: string, visibleAtMs: number, nowMs: number): VisibilityChange;
  purge(): void;
  /** Drops what was sent before. */
  expire(sentBeforeMs: number): void;
  counts(nowMs: number): Counts;
  /** The earliest time at which a hidden message of this phase becomes visible. */
  nextVisibleAtMs(phase: 'delayed' | 'inFlight'): number | undefined;
  all(nowMs: number): readonly StoredMessage[];
  /** When a message may be received again; undefined when it is not here. */
  visibleAtMs(messageId: string): number | undefined;
}

export const createQueueState = (): QueueState => {
  const { ready, hidden, store, surface, nextReady, all: stored, remove } = createMessageShelves();

  return {
    put: ({ message, receiveCount = 0, firstReceivedAtMs }, visibleAtMs, nowMs) => {
      const first = firstReceivedAtMs === undefined ? {} : { firstReceivedAtMs };
      store({ message, visibleAtMs, receiveCount, ...first, phase: visibleAtMs > nowMs ? 'delayed' : 'ready' });
    },
    receive: ({ max, visibleAtMs, maxReceiveCount, newHandle }, nowMs) => {
      surface(nowMs);
      const { next, givenUp } = nextReady(max, maxReceiveCount);
      const received = next.map(
        ({ message, receiveCount, firstReceivedAtMs = nowMs }): StoredMessage => ({
          message,
          visibleAtMs,
          receiveCount: receiveCount + 1,
          firstReceivedAtMs,
          receiptHandle: newHandle(message.messageId),
          phase: visibleAtMs > nowMs ? 'inFlight' : 'ready',
        }),
      );
      for (const { message } of [...givenUp, ...next]) ready.delete(message.messageId);
      for (const message of received) store(message);
      return { received, givenUp };
    },
    takeVisible: (nowMs) => {
      surface(nowMs);
      const taken = [...ready.values()];
      ready.clear();
      return taken;
    },
    delete: (messageId, receiptHandle) => {
      const found = hidden.inFlight.get(messageId) ?? ready.get(messageId);
      return found?.receiptHandle === receiptHandle && remove(messageId);
    },
    changeVisibility: (messageId, receiptHandle, visibleAtMs, nowMs) => {
      surface(nowMs);
      const found = hidden.inFlight.get(messageId);
      if (!found) return ready.has(messageId) ? 'notInFlight' : 'unknown';
      if (found.receiptHandle !== receiptHandle) return 'unknown';
      hidden.inFlight.set({ ...found, visibleAtMs });
      surface(nowMs);
      return 'changed';
    },
    purge: () => {
      for (const { message } of stored()) remove(message.messageId);
    },
    expire: (sentBeforeMs) => {
      for (const { message } of stored()) if (message.sentAtMs < sentBeforeMs) remove(message.messageId);
    },
    counts: (nowMs) => {
      surface(nowMs);
      return { visible: ready.size, inFlight: hidden.inFlight.size(), delayed: hidden.delayed.size() };
    },
    nextVisibleAtMs: (phase) => hidden[phase].soonestMs(),
    all: (nowMs) => {
      surface(nowMs);
      return stored();
    },
    visibleAtMs: (messageId) => (hidden.inFlight.get(messageId) ?? ready.get(messageId))?.visibleAtMs,
  };
};
