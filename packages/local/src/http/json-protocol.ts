import { AwsError, type AwsRequest, type AwsResponse, type Caller } from '../core/aws-call.ts';
import { isObject, type Json, type JsonObject } from '../core/json.ts';
import { messageOf } from '../core/thrown.ts';

/** An operation of an AWS JSON service: input as sent, output as answered; throws AwsError to refuse. */
export type JsonOperation = (input: JsonObject, caller: Caller) => Json | Promise<Json>;

/** AWS JSON 1.0 and 1.1 (smithy.io/2.0/aws/protocols): the operation stands behind the dot of `x-amz-target`. */
export const operationOfTarget = (request: AwsRequest): string =>
  (request.headers['x-amz-target'] ?? '').split('.').at(-1) ?? '';

const inputOf = (body: Buffer): JsonObject => {
  if (body.length === 0) return {};
  const input: unknown = JSON.parse(body.toString('utf8'));
  if (!isObject(input)) throw new AwsError('SerializationException', 'the request body is not a JSON object');
  return input;
};

export const jsonProtocol =
  (version: '1.0' | '1.1', operations: Readonly<Record<string, JsonOperation>>) =>
  async (request: AwsRequest): Promise<AwsResponse> => {
    const contentType = `application/x-amz-json-${version}`;
    try {
      const operation = operations[operationOfTarget(request)];
      if (!operation) throw new AwsError('UnknownOperationException', `${operationOfTarget(request)} is not emulated`);
      const output = await operation(inputOf(request.body), request.caller);
      return { status: 200, headers: { 'content-type': contentType }, body: JSON.stringify(output) };
    } catch (error) {
      const refusal = error instanceof AwsError ? error : new AwsError('InternalFailure', messageOf(error), 500);
      return {
        status: refusal.status,
        headers: { 'content-type': contentType, 'x-amzn-errortype': refusal.code },
        body: JSON.stringify({ __type: refusal.code, message: refusal.message }),
      };
    }
  };
