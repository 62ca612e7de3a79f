/** https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html: the init phase may take 10 s. */
export const INIT_TIMEOUT_MS = 10_000;
/**
 * V8's own choice is 48 MB, all of which garbage fills before it is looked at: with 16 MB half of what a busy environment
 * held was garbage. With 4 MB it spent a tenth of its time collecting.
 */
export const YOUNG_GENERATION_MB = 8;

/** How an invocation ended. `payload` is the answer, or the error document, as JSON text. */
export interface Settled {
  readonly status: 'ok' | 'error' | 'timeout';
  readonly payload: string;
}

export const document = (errorType: string, errorMessage: string): string =>
  JSON.stringify({ errorType, errorMessage });

export const timedOut = (requestId: string, timeoutMs: number): Settled => ({
  status: 'timeout',
  payload: document(
    'Sandbox.Timedout',
    `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
  ),
});

const exitReason = (exitCode: number, outOfMemory: boolean): string => {
  if (outOfMemory) return 'Runtime exited with error: signal: killed';
  return exitCode === 0
    ? 'Runtime exited without providing a reason'
    : `Runtime exited with error: exit status ${exitCode}`;
};

export const exited = (requestId: string, exitCode: number, outOfMemory: boolean): string =>
  document('Runtime.ExitError', `RequestId: ${requestId} Error: ${exitReason(exitCode, outOfMemory)}`);
