import { count, milliseconds } from '../../kernel/ports/metrics.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { newerEvents } from '../newer-events.ts';

interface Batch {
  readonly records: number;
  readonly failures: number;
  readonly startedMs: number;
  /** What the failures threw. */
  readonly thrown?: readonly unknown[];
}

/** One line and one set of measures for a batch of records. */
export const recordBatch = (
  what: string,
  { records, failures, startedMs, thrown = [] }: Batch,
  { clock, log, metrics }: Pick<Runtime, 'clock' | 'log' | 'metrics'>,
): void => {
  const ms = clock.now() - startedMs;
  log.info(what, { records, failures, ms });
  const measures = { requests: count(records), errors: count(failures), duration: milliseconds(ms) };
  metrics.record({ ...measures, ...newerEvents(thrown) });
};
