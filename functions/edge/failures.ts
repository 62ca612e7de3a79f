import { count, type Metrics } from '../kernel/ports/metrics.ts';
import { newerEvent } from '../kernel/stores/stored-events.ts';
import { Refused } from '../kernel/values/errors.ts';

const isNewer = (thrown: unknown): boolean => thrown instanceof Refused && thrown.refusal.code === newerEvent.code;

/**
 * Counts failures, and apart from others those that come of an event that a newer release stored. Nothing is recorded where
 * nothing failed: AWS itself counts and times requests and invocations, and each measure is paid for by line and by name.
 */
export const recordFailures = (metrics: Metrics, failures: number, thrown: readonly unknown[] = []): void => {
  if (failures === 0) return;
  const newer = thrown.filter(isNewer).length;
  metrics.record({ errors: count(failures), ...(newer > 0 && { newerEvents: count(newer) }) });
};
