import { count, type Measure } from '../kernel/ports/metrics.ts';
import { newerEvent } from '../kernel/stores/stored-events.ts';
import { Refused } from '../kernel/values/errors.ts';

const isNewer = (thrown: unknown): boolean => thrown instanceof Refused && thrown.refusal.code === newerEvent.code;

/** Counts what fails because a newer release stored an event, apart from other failures. */
export const newerEvents = (thrown: readonly unknown[]): Readonly<Record<string, Measure>> => {
  const newer = thrown.filter(isNewer).length;
  return newer === 0 ? {} : { newerEvents: count(newer) };
};
