import { Refused } from '../kernel/errors.ts';

const TRANSIENT_NAMES: ReadonlySet<string> = new Set([
  'InternalServerError',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TimeoutError',
  'TransactionInProgressException',
]);

const NETWORK_CODES: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT']);

const SERVER_ERRORS = 500;

const statusOf = (error: Error): number => {
  const metadata: unknown = '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return 0;
  return Number(metadata.httpStatusCode);
};

/** A failure that may be gone the next time: network, throttle, or the service's own. */
export const isTransient = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  (TRANSIENT_NAMES.has(thrown.name) ||
    ('code' in thrown && NETWORK_CODES.has(thrown.code)) ||
    statusOf(thrown) >= SERVER_ERRORS);

/** Runs an AWS call. A transient failure becomes Refused `unavailable`; anything else stays the defect that it is. */
export const callAws = async <T>(dependency: string, call: () => Promise<T>): Promise<T> => {
  try {
    return await call();
  } catch (thrown) {
    if (!isTransient(thrown)) throw thrown;
    throw unavailable(dependency, thrown);
  }
};

export const unavailable = (dependency: string, cause: unknown): Refused =>
  new Refused(
    {
      outcome: 'unavailable',
      code: 'dependency-unavailable',
      detail: `The ${dependency} is unavailable.`,
      retryAfterSeconds: 1,
    },
    { cause },
  );
