import { isServerError } from '../../kernel/calls/transport.ts';
import { Refused } from '../../kernel/values/errors.ts';

const TRANSIENT_NAMES: ReadonlySet<string> = new Set([
  'InternalServerError',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ThrottlingException',
  'TimeoutError',
  'TransactionInProgressException',
]);

/** The SDK puts `$metadata` on what a sent request came to; without a status in it, no response came. */
const isUnansweredOrServerError = (error: Error): boolean => {
  const metadata: unknown = '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null) return false;
  return !('httpStatusCode' in metadata) || isServerError(Number(metadata.httpStatusCode));
};

/** A failure that may be gone the next time: network, throttle, or the service's own. */
const isTransient = (thrown: unknown): boolean =>
  thrown instanceof Error && (TRANSIENT_NAMES.has(thrown.name) || isUnansweredOrServerError(thrown));

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
