import { count, milliseconds } from '../../kernel/ports/metrics.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';

/** One line and one set of measures for a batch of records. */
export const recordBatch = (
  what: string,
  { records, failures, startedMs }: { readonly records: number; readonly failures: number; readonly startedMs: number },
  { clock, log, metrics }: Pick<Runtime, 'clock' | 'log' | 'metrics'>,
): void => {
  const ms = clock.now() - startedMs;
  log.info(what, { records, failures, ms });
  metrics.record({ requests: count(records), errors: count(failures), duration: milliseconds(ms) });
};
