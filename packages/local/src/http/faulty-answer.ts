import type { AnsweredCall, AwsRequest } from '../core/aws-call.ts';
import { isList, isObject, type Json, type JsonObject } from '../core/json.ts';

const refusal = (operation: string, status: number, code: string, message: string, more: JsonObject = {}) => ({
  operation,
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-errortype': code },
  body: JSON.stringify({ __type: code, message, ...more }),
});

export const throttled = (operation: string): AnsweredCall =>
  refusal(operation, 400, 'ThrottlingException', 'Rate exceeded');

export const internalError = (operation: string): AnsweredCall =>
  refusal(operation, 500, 'InternalServerError', 'Internal server error');

const inputOf = ({ body }: AwsRequest): JsonObject => {
  const input: unknown = JSON.parse(body.toString());
  return isObject(input) ? input : {};
};

/** Another transaction had the items: of a transaction the first one. */
export const conflicting = (operation: string, request: AwsRequest): AnsweredCall => {
  const ongoing = 'Transaction is ongoing for the item';
  if (!operation.startsWith('Transact')) return refusal(operation, 400, 'TransactionConflictException', ongoing);
  const { TransactItems: items } = inputOf(request);
  const reasons = (isList(items) ? items : []).map((_, index) =>
    index === 0 ? { Code: 'TransactionConflict', Message: ongoing } : { Code: 'None' },
  );
  const what = `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map(({ Code }) => Code).join(', ')}]`;
  return refusal(operation, 400, 'TransactionCanceledException', what, { CancellationReasons: reasons });
};

export const PARTIAL_OPERATIONS = ['PutEvents', 'SendMessageBatch'];

const entriesOf = ({ Entries }: JsonObject): readonly Json[] => (isList(Entries) ? Entries : []);

/** The first of two entries fails, again and again. */
const fails = (_entry: Json, index: number): boolean => index % 2 === 0;

/** What is left of a batch without the entries that fail; undefined when nothing is. */
export const withoutFailing = (request: AwsRequest): AwsRequest | undefined => {
  const input = inputOf(request);
  const rest = entriesOf(input).filter((entry, index) => !fails(entry, index));
  if (rest.length === 0) return undefined;
  return { ...request, body: Buffer.from(JSON.stringify({ ...input, Entries: [...rest] })) };
};

const idOf = (entry: Json): string => (isObject(entry) ? String(entry.Id) : '');

const NO_EVENT: JsonObject = { ErrorCode: 'InternalFailure', ErrorMessage: 'Internal failure' };

/** The answer to a batch of which every second entry failed; `answered` is what the others, or all, were answered. */
export const partly = (operation: string, request: AwsRequest, answered: AnsweredCall | undefined): AnsweredCall => {
  const entries = entriesOf(inputOf(request));
  const output: unknown = answered ? JSON.parse(answered.body.toString()) : {};
  const given = isObject(output) ? output : {};
  const headers = { 'content-type': 'application/x-amz-json-1.1', ...answered?.headers };
  const answer = (body: JsonObject): AnsweredCall => ({ operation, status: 200, headers, body: JSON.stringify(body) });
  const failed = entries.filter(fails);
  if (operation === 'SendMessageBatch') {
    const ids = new Set(failed.map(idOf));
    const successful = isList(given.Successful) ? given.Successful.filter((entry) => !ids.has(idOf(entry))) : [];
    const failures = [...ids].map((Id) => ({
      Id,
      Code: 'InternalError',
      Message: 'Internal error',
      SenderFault: false,
    }));
    return answer({ Successful: successful, Failed: [...(isList(given.Failed) ? given.Failed : []), ...failures] });
  }
  const all = isList(given.Entries) ? given.Entries : [];
  const others = all.length === entries.length ? all.filter((entry, index) => !fails(entry, index)) : all;
  const rest = [...others];
  const merged = entries.map((entry, index) => (fails(entry, index) ? NO_EVENT : (rest.shift() ?? NO_EVENT)));
  const count = merged.filter((entry) => isObject(entry) && entry.ErrorCode !== undefined).length;
  return answer({ FailedEntryCount: count, Entries: merged });
};
