import type { MessageContract } from '../../kernel/messages/contract.ts';
import type { Message } from '../../kernel/messages/message.ts';
import { readMessage } from '../../kernel/messages/read-message.ts';
import { isObject, type JsonObject } from '../../kernel/values/json.ts';

/** A command queue holds the message itself; a subscription's queue holds what EventBridge wraps around it. */
const unwrap = (body: unknown): unknown =>
  isObject(body) && typeof body['detail-type'] === 'string' && isObject(body.detail)
    ? { type: body['detail-type'], metadata: body.detail.metadata, data: body.detail.data }
    : body;

/**
 * The message in the body of a queue's record, its data as the contract types it (members that the contract does not
 * know are dropped: the publisher may be newer). Throws an Error for anything else; its message shows no content.
 */
export const openEnvelope = (body: string, contracts: readonly MessageContract[]): Message => {
  const message = readMessage(unwrap(JSON.parse(body)));
  const contract = contracts.find(({ type }) => type === message.type);
  if (contract === undefined) throw new Error(`no contract of this function is called ${message.type.slice(0, 100)}`);
  const parsed = contract.data.safeParse(message.data);
  if (!parsed.success) {
    const where = parsed.error.issues.map(({ path }) => `/${path.map(String).join('/')}`);
    throw new Error(`${contract.type} breaks its contract at ${where.join(', ')}`);
  }
  return { ...message, data: parsed.data as JsonObject };
};
