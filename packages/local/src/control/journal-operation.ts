import type { JournalEntry, JournalKind } from '../core/journal.ts';
import { type ControlOperation, ControlRefusal, type Query } from './control-operation.ts';
import { correlatedWith } from './correlated.ts';

const limitOf = ({ limit }: Query): number => {
  if (limit === undefined) return Number.POSITIVE_INFINITY;
  if (!/^[1-9]\d*$/.test(limit))
    throw new ControlRefusal(400, `limit is a number of entries from 1 on, not '${limit}'`);
  return Number(limit);
};

/** ISO text, or epoch milliseconds. */
const sinceOf = ({ since }: Query): number => {
  if (since === undefined) return Number.NEGATIVE_INFINITY;
  const ms = /^\d+$/.test(since) ? Number(since) : Date.parse(since);
  if (Number.isNaN(ms)) throw new ControlRefusal(400, `since is a time like 2026-01-31T12:00:00Z, not '${since}'`);
  return ms;
};

const readable = (entry: JournalEntry) => ({ ...entry, at: new Date(entry.atMs).toISOString() });

/** Entries of one kind, newest first: those of one correlation id, since a time, at most so many. */
export const journalOperation = (kind: JournalKind): ControlOperation => ({
  method: 'GET',
  query: ['correlationId', 'limit', 'since'],
  run: ({ world: { journal } }, _body, _argument, query) => {
    const [limit, since] = [limitOf(query), sinceOf(query)];
    const { correlationId } = query;
    const belongs = correlationId === undefined ? () => true : correlatedWith(journal, correlationId);
    const found = journal.read(kind).filter((entry) => entry.atMs >= since && belongs(kind, entry));
    return { body: found.slice(0, limit).map(readable) };
  },
});
