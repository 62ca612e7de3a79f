import type { Message } from '../../kernel/messages/message.ts';
import { readMessage } from '../../kernel/messages/read-message.ts';
import { isObject } from '../../kernel/values/json.ts';

/** A command queue holds the message itself; a subscription's queue holds what EventBridge wraps around it. */
const unwrap = (body: unknown): unknown =>
  isObject(body) && typeof body['detail-type'] === 'string' && isObject(body.detail)
    ? { type: body['detail-type'], metadata: body.detail.metadata, data: body.detail.data }
    : body;

/** What takes messages of one type: a message contract. */
export interface Reader<Read> {
  readonly type: string;
  read(message: Message): Read;
}

/** The message in the body of a queue's record, read by its contract. Throws an Error that shows no content. */
export const openEnvelope = <Read>(body: string, readers: readonly Reader<Read>[]): Read => {
  const message = readMessage(unwrap(JSON.parse(body)));
  const reader = readers.find(({ type }) => type === message.type);
  if (reader === undefined) throw new Error(`no contract of this function is called ${message.type.slice(0, 100)}`);
  return reader.read(message);
};
