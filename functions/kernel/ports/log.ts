import type { Json } from '../values/json.ts';

/** Structured fields. Never hold bodies, tokens, keys, e-mail addresses or names of people. */
export type LogFields = Readonly<Record<string, Json | undefined>>;

/** One JSON object per entry: `level`, `message`, `at` (RFC 3339) and the fields. */
export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A log whose entries all carry the fields as well. */
  with(fields: LogFields): Log;
}

const MAX_MESSAGE = 1_000;
const MAX_STACK = 4_000;

/** What an operator needs of something thrown, cut so that one failure cannot flood the log. */
export const describeError = (thrown: unknown): LogFields => {
  if (!(thrown instanceof Error)) return { name: 'NonError', message: String(thrown).slice(0, MAX_MESSAGE) };
  return {
    name: thrown.name,
    message: thrown.message.slice(0, MAX_MESSAGE),
    stack: thrown.stack?.slice(0, MAX_STACK),
    cause:
      thrown.cause instanceof Error ? `${thrown.cause.name}: ${thrown.cause.message}`.slice(0, MAX_MESSAGE) : undefined,
  };
};
