import { Code, ConnectError } from '@connectrpc/connect';
import { type Outcome, type Refusal, Refused } from '../../kernel/values/errors.ts';

/** The only place that says which gRPC status an outcome has (google.rpc.Code). HTTP's is in `../http/status.ts`. */
const CODE: Readonly<Record<Outcome, Code>> = {
  invalid: Code.InvalidArgument,
  unauthenticated: Code.Unauthenticated,
  forbidden: Code.PermissionDenied,
  not_found: Code.NotFound,
  method_not_allowed: Code.Unimplemented,
  conflict: Code.FailedPrecondition,
  contended: Code.Aborted,
  in_progress: Code.Aborted,
  stale: Code.FailedPrecondition,
  too_large: Code.OutOfRange,
  unsupported_media_type: Code.InvalidArgument,
  unprocessable: Code.InvalidArgument,
  precondition_required: Code.FailedPrecondition,
  too_many_requests: Code.ResourceExhausted,
  unavailable: Code.Unavailable,
};

/** Our own names of refusals travel in trailers, so that the caller's problem document has them. */
const OUTCOME = 'problem-outcome';
const PROBLEM = 'problem-code';
const RETRY_AFTER = 'retry-after';

const isOutcome = (text: string | null): text is Outcome => text !== null && text in CODE;

/** What a call comes to that threw. Like a problem document, it shows nothing of a defect. */
export const statusOf = (thrown: unknown): ConnectError => {
  if (thrown instanceof ConnectError) return thrown;
  if (!(thrown instanceof Refused)) return new ConnectError('Something went wrong on our side.', Code.Internal);
  const { outcome, code, detail, retryAfterSeconds } = thrown.refusal;
  const trailers = {
    [OUTCOME]: outcome,
    [PROBLEM]: code,
    ...(retryAfterSeconds !== undefined && { [RETRY_AFTER]: String(retryAfterSeconds) }),
  };
  return new ConnectError(detail, CODE[outcome], trailers);
};

/** The name of a status, for logs. */
export const codeName = (thrown: unknown): string => Code[statusOf(thrown).code];

/** Whether our side failed, rather than the caller. */
export const isFailure = (thrown: unknown): boolean =>
  [Code.Unknown, Code.Internal, Code.DataLoss, Code.Unavailable, Code.DeadlineExceeded].includes(statusOf(thrown).code);

/** What a status of another service means to who asks us; undefined for what is a defect. */
const refusalOf = ({ metadata, code, rawMessage }: ConnectError): Refusal | undefined => {
  const outcome = metadata.get(OUTCOME);
  const retryAfterSeconds = Number(metadata.get(RETRY_AFTER) ?? 0);
  if (isOutcome(outcome)) {
    const named = { outcome, code: metadata.get(PROBLEM) ?? outcome, detail: rawMessage };
    return retryAfterSeconds > 0 ? { ...named, retryAfterSeconds } : named;
  }
  if (code !== Code.Unavailable && code !== Code.DeadlineExceeded && code !== Code.ResourceExhausted) return undefined;
  const detail = 'A service is unavailable.';
  return { outcome: 'unavailable', code: 'dependency-unavailable', detail, retryAfterSeconds: 2 };
};

/** The answer to a call, for a function behind a route: a status becomes the refusal that its problem document is made of. */
export const answeredTo = async <T>(call: Promise<T>): Promise<T> => {
  try {
    return await call;
  } catch (thrown) {
    const refusal = thrown instanceof ConnectError ? refusalOf(thrown) : undefined;
    throw refusal === undefined ? thrown : new Refused(refusal, { cause: thrown });
  }
};
