import type { Journal, JournalEntry, JournalKind } from '../core/journal.ts';
import { isObject, type Json, type JsonObject } from '../core/json.ts';

const memberOf = (value: Json | undefined, name: string): Json | undefined =>
  isObject(value) ? value[name] : undefined;

/**
 * The correlation ids that an entry names itself: a request in its answer's header, a log line in its fields, an event in
 * its metadata, a span in its annotations. What handles several messages names several ids, with blanks between.
 */
const idsIn = ({ correlationId, data, detail, annotations }: JsonObject): readonly string[] =>
  [
    correlationId,
    memberOf(data, 'correlationId'),
    memberOf(memberOf(detail, 'metadata'), 'correlationId'),
    memberOf(annotations, 'correlationId'),
    memberOf(annotations, 'correlationIds'),
  ]
    .filter((id) => typeof id === 'string')
    .flatMap((id) => id.split(' '));

/** The entries that say for which invocation or trace they were written. */
const SOURCES = ['requests', 'logs', 'traces'] as const;

/** Which entries belong to a correlation id: those that name it, and those of invocations and traces that did. */
export const correlatedWith = (
  journal: Journal,
  correlationId: string,
): ((kind: JournalKind, entry: JournalEntry) => boolean) => {
  const invocations = new Set<Json>();
  const traces = new Set<Json>();
  for (const entry of SOURCES.flatMap((kind) => journal.read(kind))) {
    if (!idsIn(entry).includes(correlationId)) continue;
    if (entry.invocationId !== undefined) invocations.add(entry.invocationId);
    if (entry.traceId !== undefined) traces.add(entry.traceId);
  }
  return (kind, entry) => {
    const named = idsIn(entry);
    if (named.length > 0) return named.includes(correlationId);
    const isTraced = entry.traceId !== undefined && traces.has(entry.traceId);
    if (kind === 'invocations') return isTraced || invocations.has(entry.id);
    if (kind === 'traces') return isTraced;
    return entry.invocationId !== undefined && invocations.has(entry.invocationId);
  };
};
