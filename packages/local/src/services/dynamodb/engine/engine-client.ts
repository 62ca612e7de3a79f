import { Agent, type IncomingMessage, request } from 'node:http';
import { AwsError, type AwsResponse } from '../../../core/aws-call.ts';
import { isObject, type JsonObject } from '../../../core/json.ts';

export interface EngineClient {
  /** Sends one request body as it is and answers as the engine did. `target` is the `x-amz-target` header's value. */
  forward(target: string, body: Buffer | string): Promise<AwsResponse>;
  /** One DynamoDB operation of our own; throws AwsError when the engine refuses. */
  call(operation: string, input: JsonObject): Promise<JsonObject>;
  /** The same for the DynamoDB Streams API. */
  callStreams(operation: string, input: JsonObject): Promise<JsonObject>;
  close(): void;
}

/** Engines want a signature and check none; one key for all, because DynamoDB Local keeps a database for each key. */
const SIGNED = {
  'content-type': 'application/x-amz-json-1.0',
  authorization:
    'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  'x-amz-date': '20260101T000000Z',
};

const KEPT_HEADERS = ['content-type', 'x-amzn-requestid', 'x-amz-crc32'];

const headersOf = (message: IncomingMessage): Record<string, string> => {
  const headers: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = message.headers[name];
    if (typeof value === 'string') headers[name] = value;
  }
  return headers;
};

const EMPTY = Buffer.alloc(0);

/** Keep-alive connections to an engine at `endpoint` (http only). */
export const createEngineClient = (endpoint: string): EngineClient => {
  const { hostname, port } = new URL(endpoint);
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 256 });

  const forward = (target: string, body: Buffer | string) =>
    new Promise<AwsResponse>((resolve, reject) => {
      const headers = { ...SIGNED, 'x-amz-target': target, 'content-length': Buffer.byteLength(body) };
      const outgoing = request({ agent, hostname, port, method: 'POST', path: '/', headers }, (message) => {
        let answer: Buffer = EMPTY;
        message.on('data', (chunk: Buffer) => {
          answer = answer.length === 0 ? chunk : Buffer.concat([answer, chunk]);
        });
        message.on('end', () =>
          resolve({ status: message.statusCode ?? 500, headers: headersOf(message), body: answer }),
        );
        message.on('error', reject);
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });

  const callAt = (service: string) => async (operation: string, input: JsonObject) => {
    const { status, body } = await forward(`${service}.${operation}`, JSON.stringify(input));
    const output: unknown = JSON.parse(body.toString());
    if (!isObject(output))
      throw new AwsError('InternalFailure', `the engine answered ${operation} with no object`, 500);
    if (status === 200) return output;
    const code =
      String(output.__type ?? 'InternalFailure')
        .split('#')
        .at(-1) ?? '';
    throw new AwsError(code, String(output.message ?? output.Message ?? code), status);
  };

  return {
    forward,
    call: callAt('DynamoDB_20120810'),
    callStreams: callAt('DynamoDBStreams_20120810'),
    close: () => agent.destroy(),
  };
};
