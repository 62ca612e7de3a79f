import type { Message } from '../../kernel/messages/message.ts';
import { readMessage } from '../../kernel/messages/read-message.ts';
import { isObject } from '../../kernel/values/json.ts';

/**
 * A command queue holds the message itself. The bus hands over an event with its own envelope around it; a subscription's
 * queue holds Lambda's record of an invocation with such an event that failed.
 */
const unwrap = (value: unknown): unknown => {
  if (!isObject(value)) return value;
  if (isObject(value.requestContext) && value.requestPayload !== undefined) return unwrap(value.requestPayload);
  return typeof value['detail-type'] === 'string' && isObject(value.detail)
    ? { type: value['detail-type'], metadata: value.detail.metadata, data: value.detail.data }
    : value;
};

/** What takes messages of one type: a message contract. */
export interface Reader<Read> {
  readonly type: string;
  read(message: Message): Read;
}

/** The message in an event of the bus or in a queue's record, read by its contract. Throws an Error that shows no content. */
export const openEnvelope = <Read>(envelope: unknown, readers: readonly Reader<Read>[]): Read => {
  const message = readMessage(unwrap(envelope));
  const reader = readers.find(({ type }) => type === message.type);
  if (reader === undefined) throw new Error(`no contract of this function is called ${message.type.slice(0, 100)}`);
  return reader.read(message);
};
