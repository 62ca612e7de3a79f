import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/runtime.ts';

export interface RetryTools {
  readonly clock: Clock;
  readonly random: Random;
  readonly pause: (ms: number) => Promise<void>;
}

export interface RetryPolicy {
  readonly attempts: number;
  /** The pause before attempt n + 1 is anything up to `baseMs` × 2ⁿ, at most `capMs` (full jitter). */
  readonly baseMs: number;
  readonly capMs: number;
  /** Epoch milliseconds at which the caller gives up. */
  readonly deadline: number;
  readonly isTransient: (thrown: unknown) => boolean;
}

/**
 * Repeats what failed transiently while time is left. Every attempt is given its share of the remaining time, so that one
 * that hangs leaves room for another. Throws what the last attempt threw.
 */
export const retry = async <T>(
  { clock, random, pause }: RetryTools,
  { attempts, baseMs, capMs, deadline, isTransient }: RetryPolicy,
  attempt: (timeoutMs: number) => Promise<T>,
): Promise<T> => {
  for (let number = 1; ; number += 1) {
    try {
      return await attempt(Math.floor((deadline - clock.now()) / (attempts - number + 1)));
    } catch (thrown) {
      const pauseMs = Math.floor(random() * Math.min(capMs, baseMs * 2 ** number));
      if (number >= attempts || !isTransient(thrown) || clock.now() + pauseMs >= deadline) throw thrown;
      await pause(pauseMs);
    }
  }
};
