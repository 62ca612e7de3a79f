import type { JournalEntry, JournalKind } from '../../core/journal.ts';
import { numberIn, objectIn, textIn } from './entry-values.ts';
import type { DeliveryNotice, FailureNotice, Notice, RequestNotice } from './notice.ts';
import { createOwnFrames } from './own-frames.ts';
import { isPlanned, readLog } from './read-log.ts';

/** Invocations whose request, failure or log lines may still come. */
const REMEMBERED = 500;

interface SeenInvocation {
  functionName?: string;
  correlationId?: string;
  planned?: true;
  /** Errors that its log lines have shown. */
  readonly errors: Set<string>;
}

const createSeen = () => {
  const seen = new Map<string, SeenInvocation>();
  return (id: string): SeenInvocation => {
    const known = seen.get(id) ?? { errors: new Set<string>() };
    const [oldest] = seen.keys();
    if (seen.size >= REMEMBERED && !seen.has(id) && oldest !== undefined) seen.delete(oldest);
    seen.set(id, known);
    return known;
  };
};

const NOT_HANDLED = ['failed', 'passed-on', 'dead-lettered', 'dropped'] as const;

const readDelivery = (entry: JournalEntry): DeliveryNotice | undefined => {
  const { atMs } = entry;
  const outcome = NOT_HANDLED.find((each) => each === entry.outcome);
  if (outcome === undefined) return undefined;
  const attempt = numberIn(entry, 'attempt');
  const attempts = numberIn(entry, 'attempts');
  const nextAttemptAtMs = numberIn(entry, 'nextAttemptAtMs');
  const deadLetters = textIn(entry, 'deadLetters');
  const destination = textIn(entry, 'destination');
  const reason = textIn(entry, 'error');
  return {
    kind: 'delivery',
    atMs,
    outcome,
    source: textIn(entry, 'source') ?? '',
    target: textIn(entry, 'target') ?? '',
    what: textIn(entry, 'what') ?? '1 event',
    ...(attempt !== undefined && { attempt }),
    ...(attempts !== undefined && { attempts }),
    ...(nextAttemptAtMs !== undefined && { nextAttemptAtMs }),
    ...(deadLetters !== undefined && { deadLetters }),
    ...(destination !== undefined && { destination }),
    ...(reason !== undefined && { reason }),
  };
};

/** What the journal's entries say to a person, one notice for each entry that says something. */
export const createNotices = (): ((kind: JournalKind, entry: JournalEntry) => Notice | undefined) => {
  const ownFrames = createOwnFrames();
  const seen = createSeen();

  const readRequest = (entry: JournalEntry): RequestNotice => {
    const { functionName, planned } = seen(textIn(entry, 'invocationId') ?? '');
    const correlationId = textIn(entry, 'correlationId');
    const reason = textIn(entry, 'integrationError') ?? textIn(entry, 'authorizerError');
    return {
      kind: 'request',
      atMs: entry.atMs,
      method: textIn(entry, 'method') ?? '',
      target: textIn(entry, 'target') ?? textIn(entry, 'path') ?? '',
      status: numberIn(entry, 'status') ?? 0,
      durationMs: numberIn(entry, 'durationMs') ?? 0,
      ...(functionName !== undefined && { functionName }),
      ...(planned && { planned }),
      ...(correlationId !== undefined && { correlationId }),
      ...(reason !== undefined && { reason }),
    };
  };

  const readInvocation = (entry: JournalEntry): FailureNotice | undefined => {
    const invocation = seen(entry.id);
    const functionName = textIn(entry, 'functionName') ?? '';
    invocation.functionName = functionName;
    if (entry.status === 'ok') return undefined;
    const document = objectIn(entry, 'error');
    const error = [textIn(document, 'errorType'), textIn(document, 'errorMessage')].filter(Boolean).join(': ');
    if (invocation.errors.has(error)) return undefined;
    const trace = Array.isArray(document?.trace) ? document.trace.join('\n') : '';
    const traceId = textIn(entry, 'traceId');
    const { correlationId } = invocation;
    return {
      kind: 'failure',
      atMs: entry.atMs + (numberIn(entry, 'durationMs') ?? 0),
      functionName,
      error: error || String(entry.status),
      frames: ownFrames(trace),
      planned: isPlanned(error),
      requestId: entry.id,
      facts: { source: textIn(entry, 'source') ?? '' },
      ...(traceId !== undefined && { traceId }),
      ...(correlationId !== undefined && { correlationId }),
    };
  };

  const readOutput = (entry: JournalEntry) => {
    const notice = readLog(entry, ownFrames);
    const id = textIn(entry, 'invocationId');
    if (id === undefined || notice === undefined) return notice;
    const invocation = seen(id);
    if (notice.correlationId !== undefined) invocation.correlationId = notice.correlationId;
    if (notice.kind !== 'failure') return notice;
    invocation.errors.add(notice.error);
    if (notice.planned) invocation.planned = true;
    return notice;
  };

  return (kind, entry) => {
    if (kind === 'requests') return readRequest(entry);
    if (kind === 'invocations') return readInvocation(entry);
    if (kind === 'logs') return readOutput(entry);
    return kind === 'deliveries' ? readDelivery(entry) : undefined;
  };
};
