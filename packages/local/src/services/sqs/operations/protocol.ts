import type { AnsweredCall, AwsRequest } from '../../../core/aws-call.ts';
import { isObject } from '../../../core/json.ts';
import { type JsonService, jsonProtocol } from '../../../http/json-protocol.ts';

/** Errors whose name in the older query protocol differs; clients still read it from `x-amzn-query-error`. */
const QUERY_NAMES: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
};

const withQueryError = (response: AnsweredCall): AnsweredCall => {
  const code = response.headers['x-amzn-errortype'];
  if (code === undefined) return response;
  const fault = response.status >= 500 ? 'Receiver' : 'Sender';
  const error: unknown = JSON.parse(response.body.toString());
  return {
    ...response,
    headers: { ...response.headers, 'x-amzn-query-error': `${QUERY_NAMES[code] ?? code};${fault}` },
    body: JSON.stringify({ ...(isObject(error) ? error : {}), __type: `com.amazonaws.sqs#${code}` }),
  };
};

/** AWS JSON 1.0 as SQS speaks it; the resource of a call is the name of its queue. */
export const sqsProtocol = (
  operations: JsonService['operations'],
  authorize: NonNullable<JsonService['authorize']>,
) => {
  const resourceOf: JsonService['resourceOf'] = ({ QueueUrl, QueueName }) =>
    typeof QueueUrl === 'string' ? QueueUrl.split('/').at(-1) : QueueName;
  const answer = jsonProtocol({ version: '1.0', operations, resourceOf, authorize });
  return async (request: AwsRequest): Promise<AnsweredCall> => withQueryError(await answer(request));
};
