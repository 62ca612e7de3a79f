import { type Clock, isoTime } from '../../kernel/ports/clock.ts';
import type { Log, LogFields } from '../../kernel/ports/log.ts';

export type WriteLine = (line: string) => void;

/** Straight to the stream: Lambda's patched `console` would put a prefix before the JSON. */
export const standardOutput: WriteLine = (line) => {
  process.stdout.write(`${line}\n`);
};

/** JSON escapes control characters, so that no field can begin a line of its own. */
export const createConsoleLog = (
  clock: Clock,
  fields: LogFields | (() => LogFields) = {},
  write: WriteLine = standardOutput,
): Log => {
  const bound = typeof fields === 'function' ? fields : () => fields;
  const entry =
    (level: string) =>
    (message: string, more: LogFields = {}) =>
      write(JSON.stringify({ level, message, at: isoTime(clock.now()), ...bound(), ...more }));
  return {
    info: entry('info'),
    warn: entry('warn'),
    error: entry('error'),
    with: (more) => createConsoleLog(clock, () => ({ ...bound(), ...more }), write),
  };
};
