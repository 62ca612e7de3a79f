import { createHash } from 'node:crypto';
import type { Log, LogFields } from '../../functions/kernel/ports/log.ts';
import type { Measure } from '../../functions/kernel/ports/metrics.ts';
import type { Runtime } from '../../functions/kernel/ports/runtime.ts';
import { untraced } from '../../functions/kernel/ports/tracing.ts';
import type { Json } from '../../functions/kernel/values/json.ts';

export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, Json | undefined>>;
}

export interface RecordingRuntime extends Runtime {
  /** What was logged and measured, oldest first. */
  readonly entries: LogEntry[];
  readonly measures: Readonly<Record<string, Measure>>[];
  /** Beside which dimensions, for those that were recorded under more than service and function. */
  readonly besides: Readonly<Record<string, string>>[];
  /** Moves the clock, which otherwise stands still. */
  advance(ms: number): void;
}

const START_MS = Date.UTC(2026, 0, 1);

/** What surrounds a function in tests: a clock that stands, ids in order, everything said kept. */
export const createRecordingRuntime = (): RecordingRuntime => {
  const entries: LogEntry[] = [];
  const measures: Readonly<Record<string, Measure>>[] = [];
  const besides: Readonly<Record<string, string>>[] = [];
  let nowMs = START_MS;
  let lastId = 0;
  const logWith = (bound: LogFields): Log => {
    const entry =
      (level: LogEntry['level']) =>
      (message: string, fields: LogFields = {}) => {
        entries.push({ level, message, fields: { ...bound, ...fields } });
      };
    return {
      info: entry('info'),
      warn: entry('warn'),
      error: entry('error'),
      with: (more) => logWith({ ...bound, ...more }),
    };
  };
  return {
    service: 'orders',
    functionName: 'test',
    clock: { now: () => nowMs },
    ids: {
      next: () => {
        lastId += 1;
        return `ID${String(lastId).padStart(24, '0')}`;
      },
    },
    random: () => 0,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    log: logWith({}),
    metrics: {
      record: (each, dimensions) => {
        measures.push(each);
        if (dimensions) besides.push(dimensions);
      },
    },
    tracing: untraced,
    entries,
    measures,
    besides,
    advance: (ms) => {
      nowMs += ms;
    },
  };
};
