import { type AnsweredCall, AwsError, type AwsRequest, asAwsError, type Caller } from '../core/aws-call.ts';
import { isObject, type Json, type JsonObject } from '../core/json.ts';
import { type Call, callOf } from './operation.ts';

/** An operation of an AWS JSON service: input as sent, output as answered; throws AwsError to refuse. */
export type JsonOperation = (input: JsonObject, call: Call) => Json | Promise<Json>;

export interface JsonService {
  readonly version: '1.0' | '1.1';
  readonly operations: Readonly<Record<string, JsonOperation>>;
  /** The resource that an input names, for the operation and for the journal. */
  readonly resourceOf?: (input: JsonObject) => Json | undefined;
  /** Throws AwsError for what the caller may not do; asked of every operation that there is. */
  readonly authorize?: (operation: string, input: JsonObject, caller: Caller) => void;
}

/** AWS JSON 1.0 and 1.1 (smithy.io/2.0/aws/protocols): the operation stands behind the dot of `x-amz-target`. */
export const operationOfTarget = (request: AwsRequest): string =>
  (request.headers['x-amz-target'] ?? '').split('.').at(-1) ?? '';

const inputOf = (body: Buffer): JsonObject => {
  if (body.length === 0) return {};
  const input: unknown = JSON.parse(body.toString('utf8'));
  if (!isObject(input)) throw new AwsError('SerializationException', 'the request body is not a JSON object');
  return input;
};

export const jsonProtocol = ({ version, operations, resourceOf, authorize }: JsonService) => {
  const contentType = `application/x-amz-json-${version}`;
  return async (request: AwsRequest): Promise<AnsweredCall> => {
    const operation = operationOfTarget(request);
    let resource: string | undefined;
    try {
      const run = operations[operation];
      if (!run) throw new AwsError('UnknownOperationException', `${operation} is not emulated`);
      const input = inputOf(request.body);
      const named = resourceOf?.(input);
      resource = typeof named === 'string' ? named : undefined;
      authorize?.(operation, input, request.caller);
      const body = JSON.stringify(await run(input, callOf(request, resource)));
      return { operation, resource, status: 200, headers: { 'content-type': contentType }, body };
    } catch (error) {
      const { code, status, message } = asAwsError(error);
      const headers = { 'content-type': contentType, 'x-amzn-errortype': code };
      return { operation, resource, status, headers, body: JSON.stringify({ __type: code, message }) };
    }
  };
};
