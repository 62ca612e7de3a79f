import { CALL_FAULTS } from '../faults/call-faults.ts';

/** Everything that a campaign of seeds must meet: planned faults, and what AWS may do and seldom does. */
export const FAULT_TYPES: readonly string[] = [
  ...CALL_FAULTS,
  'transaction conflict',
  'transactions met',
  'partial PutEvents',
  'charge refused for good',
  'capture answered too late',
  'refund failed',
  'provider away for seconds',
  'provider away for minutes',
  'provider away for hours',
  'queue gone',
  'again: delivery',
  'again: event',
  'again: queue',
  'again: replay',
  'again: stream',
  'late: delivery',
  'late: queue',
  'late: reply',
  'late: stream',
  'overtaken: call',
  'overtaken: delivery',
  'overtaken: reply',
  'a smaller batch',
  'a clock that is ahead or behind',
  'an environment not used again',
  'an environment used again after minutes',
  'an environment of the release beside',
];

const TIMES = 100;
const OF_SEEDS = 1_000;

/** With fewer seeds a fault that is rare by chance would fail a run that is right. */
export const FEWEST_SEEDS = 100;

/** How often each must have fired in so many seeds; undefined when they are too few to say. */
export const timesNeeded = (seeds: number): number | undefined =>
  seeds < FEWEST_SEEDS ? undefined : Math.floor((TIMES * seeds) / OF_SEEDS);
