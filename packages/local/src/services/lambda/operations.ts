import { AwsError, type AwsRequest, type AwsResponse } from '../../core/aws-call.ts';
import type { JsonObject } from '../../core/json.ts';
import { messageOf } from '../../core/thrown.ts';
import type { AsyncInvoker } from './invocation/async-invoker.ts';
import type { Invoker } from './invocation/invoker.ts';
import { parseFunctionAddress } from './state/function-address.ts';
import { type FunctionDirectory, LATEST } from './state/function-directory.ts';
import type { LambdaFunction } from './state/lambda-function.ts';

const FUNCTION_PATH = /^\/2015-03-31\/functions\/([^/]+)(\/invocations|\/configuration)?$/;

interface Route {
  readonly operation: string;
  readonly functionName?: string;
  readonly query: URLSearchParams;
}

const routeOf = ({ method, url }: AwsRequest): Route => {
  const { pathname, searchParams: query } = new URL(url, 'http://lambda');
  if (method === 'GET' && pathname.replace(/\/$/, '') === '/2015-03-31/functions') {
    return { operation: 'ListFunctions', query };
  }
  const [, encoded, action] = FUNCTION_PATH.exec(pathname) ?? [];
  if (!encoded) return { operation: 'unknown', query };
  const functionName = decodeURIComponent(encoded);
  if (method === 'POST' && action === '/invocations') return { operation: 'Invoke', functionName, query };
  if (method !== 'GET') return { operation: 'unknown', functionName, query };
  const operation = action === '/configuration' ? 'GetFunctionConfiguration' : 'GetFunction';
  return { operation, functionName, query };
};

const configurationOf = (fn: LambdaFunction, version: string): JsonObject => ({
  FunctionName: fn.name,
  FunctionArn: fn.arn,
  Runtime: fn.runtime,
  Role: fn.roleArn,
  Handler: fn.handler,
  Timeout: fn.timeoutMs / 1000,
  MemorySize: fn.memoryMb,
  Version: version,
  State: 'Active',
  LastUpdateStatus: 'Successful',
  PackageType: 'Zip',
  Environment: { Variables: fn.variables },
});

const json = (status: number, body: JsonObject): AwsResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** Anything but JSON is refused before it is accepted, as Lambda does. */
const payloadOf = (body: Buffer): string => {
  if (body.length === 0) return '{}';
  const payload = body.toString('utf8');
  try {
    JSON.parse(payload);
    return payload;
  } catch (error) {
    throw new AwsError('InvalidRequestContentException', `Could not parse request body into json: ${String(error)}`);
  }
};

const nameOf = (functionName: string): string => {
  try {
    return parseFunctionAddress(functionName).name;
  } catch {
    return functionName;
  }
};

/** Lambda's REST protocol: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const createWire = (directory: FunctionDirectory, invoker: Invoker, asyncInvoker: AsyncInvoker) => {
  const invoke = async (request: AwsRequest, functionName: string, qualifier?: string): Promise<AwsResponse> => {
    const type = request.headers['x-amz-invocation-type'] ?? 'RequestResponse';
    const { caller } = request;
    const trace = request.headers['x-amzn-trace-id'];
    const invocation = {
      functionName,
      payload: payloadOf(request.body),
      source: `invoke ${caller.functionName ?? caller.principal}`,
      ...(trace === undefined ? {} : { traceHeader: trace }),
    };
    if (type === 'DryRun') {
      directory.resolve(functionName, qualifier);
      return { status: 204, headers: {}, body: '' };
    }
    if (type === 'Event') {
      const requestId = asyncInvoker.accept(invocation, qualifier);
      return { status: 202, headers: { 'x-amzn-requestid': requestId }, body: '' };
    }
    const result = await invoker.invoke(invocation, { qualifier });
    return {
      status: 200,
      headers: {
        'content-type': 'application/json',
        'x-amzn-requestid': result.requestId,
        'x-amz-executed-version': result.executedVersion,
        ...(result.functionError ? { 'x-amz-function-error': result.functionError } : {}),
      },
      body: result.payload,
    };
  };

  const answer = async (request: AwsRequest): Promise<AwsResponse> => {
    const { operation, functionName, query } = routeOf(request);
    const qualifier = query.get('Qualifier') ?? undefined;
    if (operation === 'ListFunctions') {
      return json(200, { Functions: directory.all().map((fn) => configurationOf(fn, LATEST)) });
    }
    if (functionName === undefined || operation === 'unknown') {
      throw new AwsError('UnknownOperationException', `${request.method} ${request.url} is not emulated`, 404);
    }
    if (operation === 'Invoke') return invoke(request, functionName, qualifier);
    const { fn, version } = directory.resolve(functionName, qualifier);
    const configuration = configurationOf(fn, version);
    if (operation === 'GetFunctionConfiguration') return json(200, configuration);
    return json(200, { Configuration: configuration, Code: { RepositoryType: 'S3' } });
  };

  return {
    describe: (request: AwsRequest) => {
      const { operation, functionName } = routeOf(request);
      return functionName === undefined ? { operation } : { operation, resource: nameOf(functionName) };
    },
    handle: async (request: AwsRequest): Promise<AwsResponse> => {
      try {
        return await answer(request);
      } catch (error) {
        const refusal = error instanceof AwsError ? error : new AwsError('ServiceException', messageOf(error), 500);
        const body = {
          Type: refusal.status < 500 ? 'User' : 'Service',
          Message: refusal.message,
          message: refusal.message,
        };
        const reason = refusal.status === 429 ? { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' } : {};
        const response = json(refusal.status, { ...body, ...reason });
        return { ...response, headers: { ...response.headers, 'x-amzn-errortype': refusal.code } };
      }
    },
  };
};
