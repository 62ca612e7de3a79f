import { availableParallelism } from 'node:os';

export interface PoolLimits {
  /** Environments of one function; what comes beyond waits. */
  readonly perFunction: number;
  /** Environments of all functions; a function that has none may always start one, or callers could wait for callees forever. */
  readonly total: number;
  /** How long an invocation waits for an environment in use before another one is started. */
  readonly patienceMs: number;
  /**
   * As many waiting for each environment are a crowd, which gets another environment though nobody has waited long; but
   * no more than `processors`: two for each, since one waits for the database half of its time.
   */
  readonly crowd: number;
  readonly processors: number;
  /** One that has been idle for less is not ended to make room: its function would start it again at once. */
  readonly restMs: number;
  readonly idleMs: number;
  /** The environments used last keep waiting for `idleMs`; idle ones beyond this number go after `surplusIdleMs`. */
  readonly keptWarm: number;
  readonly surplusIdleMs: number;
}

/**
 * An environment with the AWS SDK loaded takes about 21 MB, without it about 10 MB: eight kept warm are about 170 MB.
 * Starting one costs a processor about 200 ms, which is why waiting comes first: most handlers answer sooner than that.
 */
export const DEFAULT_POOL_LIMITS: PoolLimits = {
  perFunction: 4,
  total: 24,
  patienceMs: 100,
  crowd: 4,
  processors: 2 * availableParallelism(),
  restMs: 1_000,
  idleMs: 60_000,
  keptWarm: 8,
  surplusIdleMs: 10_000,
};
