import { messageOf } from './thrown.ts';

/** Who makes an AWS call, known from the access key that signed it. */
export interface Caller {
  /** Role ARN, `events.amazonaws.com` for a service of AWS, or `anonymous`/`operator` for calls from outside. */
  readonly principal: string;
  /** What a service of AWS acts for: a rule, a route. */
  readonly sourceArn?: string;
  readonly functionName?: string;
  /** The task of a container. */
  readonly taskId?: string;
  /** The execution environment; it runs one invocation at a time. */
  readonly environmentId?: string;
  readonly invocationId?: string;
}

export interface AwsRequest {
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly caller: Caller;
}

export interface AwsResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** An answer with what the journal says of the call. `resource` is a table, queue, bus … name where the service knows it. */
export interface AnsweredCall extends AwsResponse {
  readonly operation: string;
  readonly resource?: string | undefined;
  /** Of DynamoDB, where that is metered: read or write units, by the operation. */
  readonly capacityUnits?: number;
}

/** One call as the journal keeps it. */
export interface AwsCall {
  readonly id: string;
  readonly atMs: number;
  readonly durationMs: number;
  readonly caller: Caller;
  readonly service: string;
  readonly operation: string;
  readonly resource?: string;
  readonly capacityUnits?: number;
  readonly status: number;
  readonly error?: string;
  /** From the tracing header that SDK clients in a function send along. */
  readonly traceId?: string;
}

/** An error as AWS words it: `code` is the exception's name, e.g. `ResourceNotFoundException`. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  constructor(code: string, message: string, status = 400) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
  }
}

/** What was thrown, as AWS would word it; `code` is the service's word for a fault of its own. */
export const asAwsError = (thrown: unknown, code = 'InternalFailure'): AwsError =>
  thrown instanceof AwsError ? thrown : new AwsError(code, messageOf(thrown), 500);
