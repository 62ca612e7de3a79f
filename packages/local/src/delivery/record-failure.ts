import type { World } from '../core/world.ts';

/** Something that was not delivered, or not handled by who received it, and what becomes of it. */
export interface FailedAttempt {
  /** `failed` is tried again; `passed-on` is with its destination now; `dropped` is lost for good. */
  readonly outcome: 'failed' | 'passed-on' | 'dead-lettered' | 'dropped';
  /** Where it comes from: `queue orders-fulfil`, `stream of orders`, `events bus/rule` … */
  readonly source: string;
  /** ARN or name of what it is for. */
  readonly target: string;
  /** `2 messages` */
  readonly what: string;
  readonly attempt: number;
  /** How many there may be; absent when only time ends them. */
  readonly attempts?: number;
  readonly nextAttemptAtMs?: number;
  /** ARN of what takes it in the end. */
  readonly deadLetters?: string;
  /** ARN of what takes it in place of dead letters: a function may be behind it. */
  readonly destination?: string;
  readonly error?: string;
  readonly messageIds?: readonly string[];
  readonly invocationId?: string;
}

/** `1 message`, `3 messages` */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** One entry for each attempt that failed, so that the terminal shows what waits, and for how long. */
export const recordFailure = ({ clock, journal, random }: World, failed: FailedAttempt): void =>
  journal.record('deliveries', { id: random.hex(8), atMs: clock.now(), ...failed });
