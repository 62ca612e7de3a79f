import { AwsError, type AwsRequest, type AwsResponse } from '../core/aws-call.ts';
import { isObject, type JsonObject } from '../core/json.ts';
import { messageOf } from '../core/thrown.ts';

export interface RestCall {
  readonly name: string;
  readonly query: URLSearchParams;
  readonly body: JsonObject;
}

export type RestOperation = (call: RestCall) => JsonObject;

const OPERATIONS: Readonly<Record<string, string>> = {
  'POST /schedules/': 'CreateSchedule',
  'PUT /schedules/': 'UpdateSchedule',
  'GET /schedules/': 'GetSchedule',
  'DELETE /schedules/': 'DeleteSchedule',
  'GET /schedules': 'ListSchedules',
  'POST /schedule-groups/': 'CreateScheduleGroup',
  'GET /schedule-groups/': 'GetScheduleGroup',
  'DELETE /schedule-groups/': 'DeleteScheduleGroup',
};

export const routeOf = ({ method, url }: AwsRequest) => {
  const { pathname, searchParams } = new URL(url, 'http://scheduler');
  const [, collection = '', name] = pathname.split('/');
  const operation = OPERATIONS[`${method} /${collection}${name === undefined ? '' : '/'}`] ?? 'unknown';
  return { operation, name: decodeURIComponent(name ?? ''), query: searchParams };
};

const bodyOf = ({ body }: AwsRequest): JsonObject => {
  const parsed: unknown = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  if (isObject(parsed)) return parsed;
  throw new AwsError('SerializationException', 'the request body is not a JSON object');
};

const refusalOf = (error: unknown) => {
  if (error instanceof AwsError) return error;
  return new AwsError('InternalServerException', messageOf(error), 500);
};

/** EventBridge Scheduler's REST API (restJson1): method and path name the operation. */
export const restProtocol =
  (operations: Readonly<Record<string, RestOperation>>) =>
  async (request: AwsRequest): Promise<AwsResponse> => {
    try {
      const { operation, name, query } = routeOf(request);
      const run = operations[operation];
      if (!run)
        throw new AwsError('UnknownOperationException', `${request.method} ${request.url} is not emulated`, 404);
      const output = run({ name, query, body: bodyOf(request) });
      return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(output) };
    } catch (error) {
      const { code, message, status } = refusalOf(error);
      const headers = { 'content-type': 'application/json', 'x-amzn-errortype': code };
      return { status, headers, body: JSON.stringify({ Message: message }) };
    }
  };
