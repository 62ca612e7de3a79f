export interface Hidden {
  readonly message: { readonly messageId: string };
  readonly visibleAtMs: number;
}

/** Messages that cannot be received yet. A queue can hold thousands for many minutes, so the soonest is remembered. */
export interface HiddenMessages<T extends Hidden> {
  set(stored: T): void;
  get(messageId: string): T | undefined;
  delete(messageId: string): boolean;
  /** Takes out what has become visible, soonest first. */
  takeDue(nowMs: number): readonly T[];
  soonestMs(): number | undefined;
  size(): number;
  all(): Iterable<T>;
}

export const createHiddenMessages = <T extends Hidden>(): HiddenMessages<T> => {
  const messages = new Map<string, T>();
  let soonest = Number.POSITIVE_INFINITY;

  const findSoonest = () => {
    soonest = Number.POSITIVE_INFINITY;
    for (const { visibleAtMs } of messages.values()) soonest = Math.min(soonest, visibleAtMs);
  };

  const remove = (messageId: string): boolean => {
    const stored = messages.get(messageId);
    if (!stored) return false;
    messages.delete(messageId);
    if (stored.visibleAtMs === soonest) findSoonest();
    return true;
  };

  return {
    set: (stored) => {
      remove(stored.message.messageId);
      messages.set(stored.message.messageId, stored);
      soonest = Math.min(soonest, stored.visibleAtMs);
    },
    get: (messageId) => messages.get(messageId),
    delete: remove,
    takeDue: (nowMs) => {
      if (nowMs < soonest) return [];
      const due = [...messages.values()].filter(({ visibleAtMs }) => visibleAtMs <= nowMs);
      for (const { message } of due) messages.delete(message.messageId);
      findSoonest();
      return due.sort((a, b) => a.visibleAtMs - b.visibleAtMs);
    },
    soonestMs: () => (messages.size === 0 ? undefined : soonest),
    size: () => messages.size,
    all: () => messages.values(),
  };
};
