import type { AwsRequest, Caller } from '../core/aws-call.ts';

/** What an operation knows of its call beside the input. */
export interface Call {
  readonly caller: Caller;
  /** The `X-Amzn-Trace-Id` of the request. */
  readonly traceHeader: string | undefined;
  /** The name of the table, queue, bus … that the input names. */
  readonly resource: string | undefined;
}

export const callOf = ({ caller, headers }: AwsRequest, resource: string | undefined): Call => ({
  caller,
  traceHeader: headers['x-amzn-trace-id'],
  resource,
});
