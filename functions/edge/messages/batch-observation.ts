import type { Runtime } from '../../kernel/ports/runtime.ts';
import { recordFailures } from '../failures.ts';

interface Batch {
  readonly records: number;
  readonly failures: number;
  readonly startedMs: number;
  /** What the failures threw. */
  readonly thrown?: readonly unknown[];
}

/** One line and one set of measures for a batch of records of which some failed; of others nothing is left to say. */
export const recordBatch = (
  what: string,
  { records, failures, startedMs, thrown }: Batch,
  { clock, log, metrics }: Pick<Runtime, 'clock' | 'log' | 'metrics'>,
): void => {
  if (failures > 0) log.info(what, { records, failures, ms: clock.now() - startedMs });
  recordFailures(metrics, failures, thrown);
};
