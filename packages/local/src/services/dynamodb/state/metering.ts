import type { AwsResponse } from '../../../core/aws-call.ts';
import { isList, isObject, type Json } from '../../../core/json.ts';
import type { Forward } from './contention.ts';

/** What carries items; other operations consume nothing. */
const METERED = new Set([
  'GetItem',
  'BatchGetItem',
  'TransactGetItems',
  'Query',
  'Scan',
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'TransactWriteItems',
]);

const unitsIn = (consumed: Json | undefined): number => {
  if (isList(consumed)) return consumed.reduce<number>((sum, each) => sum + unitsIn(each), 0);
  return isObject(consumed) && typeof consumed.CapacityUnits === 'number' ? consumed.CapacityUnits : 0;
};

export interface MeteredResponse extends AwsResponse {
  readonly capacityUnits?: number;
}

/**
 * Asks the engine what a call consumes, and leaves that out of the answer, unless the caller asked too. A call that is
 * refused is not metered.
 */
export const metered = async (
  operation: string,
  body: Buffer,
  forward: (body: Buffer) => ReturnType<Forward>,
): Promise<MeteredResponse> => {
  const input: Json = METERED.has(operation) ? JSON.parse(body.toString()) : null;
  if (!isObject(input)) return forward(body);
  const response = await forward(Buffer.from(JSON.stringify({ ReturnConsumedCapacity: 'TOTAL', ...input })));
  const output: Json = JSON.parse(response.body.toString());
  if (!isObject(output) || output.ConsumedCapacity === undefined) return response;
  const { ConsumedCapacity, ...answer } = output;
  const capacityUnits = unitsIn(ConsumedCapacity);
  if (input.ReturnConsumedCapacity !== undefined) return { ...response, capacityUnits };
  const { 'x-amz-crc32': _ofAnotherBody, ...headers } = response.headers;
  return { status: response.status, headers, body: JSON.stringify(answer), capacityUnits };
};
