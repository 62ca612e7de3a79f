import {
  type AnsweredCall,
  AwsError,
  type AwsRequest,
  type AwsResponse,
  asAwsError,
  type Caller,
} from '../core/aws-call.ts';
import { isObject, type JsonObject } from '../core/json.ts';
import { type Call, callOf } from './operation.ts';

export interface RestInput {
  /** What the path names; empty where it names nothing. */
  readonly name: string;
  readonly query: URLSearchParams;
  readonly headers: AwsRequest['headers'];
  readonly body: Buffer;
}

export type RestOperation = (input: RestInput, call: Call) => AwsResponse | Promise<AwsResponse>;

export interface RestRoute {
  readonly operation: string;
  readonly name: string;
}

export interface RestService {
  readonly operations: Readonly<Record<string, RestOperation>>;
  /** Which operation a method and a path mean; undefined when none does. */
  readonly routeOf: (method: string, path: string) => RestRoute | undefined;
  /** The resource that a route names; default the name itself. */
  readonly resourceOf?: (name: string) => string;
  /** Throws AwsError for what the caller may not do; asked of every operation that there is. */
  readonly authorize?: (operation: string, input: RestInput, caller: Caller) => void;
  /** The service's word for a fault of its own, and the members of an error's body. */
  readonly fault: string;
  readonly errorBody: (error: AwsError) => JsonObject;
}

const restJson = (status: number, body: JsonObject): AwsResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** Operations that answer 200 with a JSON object. */
export const answeringJson = (
  operations: Readonly<Record<string, (input: RestInput, call: Call) => JsonObject>>,
): Record<string, RestOperation> =>
  Object.fromEntries(
    Object.entries(operations).map(([name, run]) => [name, (input, call) => restJson(200, run(input, call))]),
  );

export const jsonBodyOf = ({ body }: RestInput): JsonObject => {
  const parsed: unknown = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  if (isObject(parsed)) return parsed;
  throw new AwsError('SerializationException', 'the request body is not a JSON object');
};

/** REST services answer it with a status of its own. */
const ACCESS_DENIED = 'AccessDeniedException';

/** AWS restJson1: method and path name the operation. */
export const restProtocol =
  ({ operations, routeOf, resourceOf = (name) => name, authorize, fault, errorBody }: RestService) =>
  async (request: AwsRequest): Promise<AnsweredCall> => {
    const { method, url, headers, body } = request;
    const { pathname, searchParams: query } = new URL(url, 'http://service');
    const route = routeOf(method, pathname);
    const { operation, name } = route ?? { operation: 'unknown', name: '' };
    const resource = name === '' ? undefined : resourceOf(name);
    try {
      const run = operations[operation];
      if (!run) throw new AwsError('UnknownOperationException', `${method} ${url} is not emulated`, 404);
      const input = { name, query, headers, body };
      authorize?.(operation, input, request.caller);
      return { operation, resource, ...(await run(input, callOf(request, resource))) };
    } catch (thrown) {
      const error = asAwsError(thrown, fault);
      const status = error.code === ACCESS_DENIED ? 403 : error.status;
      const refusal = restJson(status, errorBody(error));
      return { operation, resource, ...refusal, headers: { ...refusal.headers, 'x-amzn-errortype': error.code } };
    }
  };
