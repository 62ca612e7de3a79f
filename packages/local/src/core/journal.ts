import type { JsonObject } from './json.ts';

export type JournalKind = 'events' | 'invocations' | 'traces' | 'logs' | 'calls' | 'deliveries' | 'requests';

/** `id` is unique within its kind; entries link to one another by `invocationId`, `traceId`, `eventId`, `messageId`. */
export type JournalEntry = JsonObject & { readonly id: string; readonly atMs: number };

export interface Journal {
  record(kind: JournalKind, entry: JournalEntry): void;
  /** Newest first. */
  read(kind: JournalKind): readonly JournalEntry[];
  /** Returns the unsubscribe function. */
  subscribe(listener: (kind: JournalKind, entry: JournalEntry) => void): () => void;
}

/** Keeps the newest entries of each kind: enough to explain a session, bounded so that a long one does not grow. */
export const createJournal = (keep = 2_000): Journal => {
  const kept = new Map<JournalKind, JournalEntry[]>();
  const listeners = new Set<(kind: JournalKind, entry: JournalEntry) => void>();
  return {
    record: (kind, entry) => {
      const entries = kept.get(kind) ?? [];
      kept.set(kind, entries);
      entries.push(entry);
      if (entries.length >= keep * 2) entries.splice(0, entries.length - keep);
      for (const listener of listeners) listener(kind, entry);
    },
    read: (kind) => (kept.get(kind) ?? []).slice(-keep).reverse(),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
};
