import type { JournalEntry } from '../../core/journal.ts';
import { isObject, type JsonObject } from '../../core/json.ts';
import { objectIn, textIn } from './entry-values.ts';
import type { FailureNotice, OutputNotice } from './notice.ts';
import type { Frame } from './stack.ts';

/** Members of a structured line that are shown elsewhere, or are the same in every line of a function. */
const KNOWN = new Set([
  ...['level', 'message', 'at', 'timestamp', 'time', 'service', 'function', 'function_name'],
  ...['traceparent', 'xray_trace_id', 'correlationId', 'requestId', 'route', 'status', 'ms'],
]);

/** The plain members of a structured line that say what it is about. */
const factsIn = (data: JsonObject | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(data ?? {})
      .filter(([name, value]) => !KNOWN.has(name) && (typeof value === 'string' || typeof value === 'number'))
      .map(([name, value]) => [name, String(value)]),
  );

const isSevere = (level: string | undefined): boolean => level === 'ERROR' || level === 'FATAL';

/** Lambda's own line for an error that left the handler: the invocation's entry says the same. */
const INVOKE_ERROR = 'Invoke Error\t';

/** What stand-ins throw when they are asked to fail. */
const PLANNED = /^PlannedFault\b/;

export const isPlanned = (error: string): boolean => PLANNED.test(error);

const STACK_LINE = /^\s+at /m;

interface LoggedError {
  readonly error: string;
  readonly stack: string;
  readonly cause?: string;
}

/** The error in a structured line, under the names that loggers use. */
const errorIn = (data: JsonObject | undefined): LoggedError | undefined => {
  const found = [data?.error, data?.err, data?.exception].find(isObject);
  if (!found) return undefined;
  const stack = textIn(found, 'stack') ?? '';
  const message = textIn(found, 'message');
  const name = textIn(found, 'name') ?? 'Error';
  const cause = textIn(found, 'cause') ?? textIn(objectIn(found, 'cause'), 'message');
  return { error: message === undefined ? name : `${name}: ${message}`, stack, ...(cause !== undefined && { cause }) };
};

/** An error that was printed as text: what stands before its stack. */
const errorInText = (text: string): LoggedError | undefined => {
  const at = text.search(STACK_LINE);
  return at === -1 ? undefined : { error: text.slice(0, at).trim(), stack: text.slice(at) };
};

/** What a log entry of the journal says to a person; undefined for what says nothing: measures, and what is said elsewhere. */
export const readLog = (
  entry: JournalEntry,
  ownFrames: (stack: string) => readonly Frame[],
): FailureNotice | OutputNotice | undefined => {
  const { atMs } = entry;
  const functionName = textIn(entry, 'functionName') ?? textIn(entry, 'serviceName');
  const data = objectIn(entry, 'data');
  const level = textIn(entry, 'level') ?? 'INFO';
  const text = textIn(entry, 'message') ?? '';
  if (text.startsWith(INVOKE_ERROR) || data?._aws !== undefined) return undefined;
  const correlationId = textIn(data, 'correlationId');
  const told = { atMs, facts: factsIn(data), ...(correlationId !== undefined && { correlationId }) };
  if (functionName === undefined) {
    if (!isSevere(level)) return undefined;
    return { kind: 'output', source: textIn(entry, 'source') ?? 'runtime', level, text, structured: false, ...told };
  }
  const logged = isSevere(level) ? (errorIn(data) ?? (data ? undefined : errorInText(text))) : undefined;
  if (!logged) {
    const structured = textIn(data, 'level') !== undefined;
    return { kind: 'output', source: functionName, level, text, structured, ...told };
  }
  const requestId = textIn(entry, 'requestId');
  const traceId = textIn(entry, 'traceId');
  const taskId = textIn(entry, 'taskId');
  return {
    kind: 'failure',
    functionName,
    error: logged.error,
    frames: ownFrames(logged.stack),
    planned: isPlanned(logged.error),
    ...(data && { during: text }),
    ...(logged.cause !== undefined && { cause: logged.cause }),
    ...(requestId !== undefined && { requestId }),
    ...(traceId !== undefined && { traceId }),
    ...told,
    facts: { ...told.facts, ...(taskId !== undefined && { task: taskId }) },
  };
};
