import type { Act } from '../../core/access.ts';
import { AwsError } from '../../core/aws-call.ts';
import type { JsonObject } from '../../core/json.ts';
import type { World } from '../../core/world.ts';
import {
  answeringJson,
  type RestInput,
  type RestOperation,
  type RestRoute,
  restProtocol,
} from '../../http/rest-protocol.ts';
import type { AsyncInvoker } from './invocation/async-invoker.ts';
import type { Invoker } from './invocation/invoker.ts';
import { invokeActs, qualifiedArn } from './state/acts.ts';
import { parseFunctionAddress } from './state/function-address.ts';
import { type FunctionDirectory, LATEST } from './state/function-directory.ts';
import type { LambdaFunction } from './state/lambda-function.ts';

const FUNCTION_PATH = /^\/2015-03-31\/functions\/([^/]+)(\/invocations|\/configuration)?$/;

const routeOf = (method: string, path: string): RestRoute | undefined => {
  if (method === 'GET' && path.replace(/\/$/, '') === '/2015-03-31/functions') {
    return { operation: 'ListFunctions', name: '' };
  }
  const [, encoded, action] = FUNCTION_PATH.exec(path) ?? [];
  if (!encoded) return undefined;
  const name = decodeURIComponent(encoded);
  if (method === 'POST' && action === '/invocations') return { operation: 'Invoke', name };
  if (method !== 'GET') return undefined;
  return { operation: action === '/configuration' ? 'GetFunctionConfiguration' : 'GetFunction', name };
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

/** The bare name, out of an ARN too. */
const functionNameOf = (functionName: string): string => {
  try {
    return parseFunctionAddress(functionName).name;
  } catch {
    return functionName;
  }
};

const errorBody = ({ status, message }: AwsError): JsonObject => ({
  Type: status < 500 ? 'User' : 'Service',
  Message: message,
  message,
  ...(status === 429 && { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' }),
});

const qualifierIn = ({ query }: RestInput): string | undefined => query.get('Qualifier') ?? undefined;

const lambdaOperations = (
  directory: FunctionDirectory,
  invoker: Invoker,
  asyncInvoker: AsyncInvoker,
): Record<string, RestOperation> => {
  const configurationIn = (input: RestInput): JsonObject => {
    const { fn, version } = directory.resolve(input.name, qualifierIn(input));
    return configurationOf(fn, version);
  };

  const invoke: RestOperation = async (input, { caller, traceHeader }) => {
    const { name: functionName, headers, body } = input;
    const qualifier = qualifierIn(input);
    const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
    const invocation = {
      functionName,
      payload: payloadOf(body),
      source: `invoke ${caller.functionName ?? caller.principal}`,
      ...(traceHeader === undefined ? {} : { traceHeader }),
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

  return {
    Invoke: invoke,
    ...answeringJson({
      ListFunctions: () => ({ Functions: directory.all().map((fn) => configurationOf(fn, LATEST)) }),
      GetFunctionConfiguration: configurationIn,
      GetFunction: (input) => ({ Configuration: configurationIn(input), Code: { RepositoryType: 'S3' } }),
    }),
  };
};

const actsOf = (world: World, operation: string, input: RestInput): readonly Act[] => {
  if (operation === 'Invoke') return invokeActs(world, input.name, qualifierIn(input));
  const resource = input.name === '' ? '*' : qualifiedArn(world, input.name, qualifierIn(input));
  return [{ action: `lambda:${operation}`, resource }];
};

/** Lambda's REST API: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export const lambdaApi = (world: World, directory: FunctionDirectory, invoker: Invoker, asyncInvoker: AsyncInvoker) =>
  restProtocol({
    operations: lambdaOperations(directory, invoker, asyncInvoker),
    routeOf,
    resourceOf: functionNameOf,
    authorize: (operation, input, caller) => world.access.demand(caller, () => actsOf(world, operation, input)),
    fault: 'ServiceException',
    errorBody,
  });
