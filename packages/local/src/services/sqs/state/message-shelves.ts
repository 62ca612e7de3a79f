import { createHiddenMessages } from './hidden-messages.ts';
import type { StoredMessage } from './stored-message.ts';

/** The messages of a queue by their phase. */
export const createMessageShelves = () => {
  /** In order of becoming visible. */
  const ready = new Map<string, StoredMessage>();
  const hidden = { delayed: createHiddenMessages<StoredMessage>(), inFlight: createHiddenMessages<StoredMessage>() };

  const store = (stored: StoredMessage): void => {
    if (stored.phase === 'ready') ready.set(stored.message.messageId, stored);
    else hidden[stored.phase].set(stored);
  };

  /** Makes ready what is hidden no longer. */
  const surface = (nowMs: number): void => {
    for (const stored of [...hidden.delayed.takeDue(nowMs), ...hidden.inFlight.takeDue(nowMs)]) {
      store({ ...stored, phase: 'ready' });
    }
  };

  /** The next messages that may be received, and those met on the way that were received too often. */
  const nextReady = (max: number, maxReceiveCount: number) => {
    const next: StoredMessage[] = [];
    const givenUp: StoredMessage[] = [];
    for (const stored of ready.values()) {
      if (next.length === max) break;
      (stored.receiveCount >= maxReceiveCount ? givenUp : next).push(stored);
    }
    return { next, givenUp };
  };

  const all = (): readonly StoredMessage[] => [...ready.values(), ...hidden.inFlight.all(), ...hidden.delayed.all()];

  const remove = (messageId: string): boolean =>
    ready.delete(messageId) || hidden.inFlight.delete(messageId) || hidden.delayed.delete(messageId);

  return { ready, hidden, store, surface, nextReady, all, remove };
};
