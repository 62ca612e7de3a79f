import type { JsonObject } from '../../../core/json.ts';
import type { ReceivedMessage } from '../../../core/ports.ts';
import { md5OfAttributes, md5OfBody } from './message.ts';
import type { StoredMessage } from './stored-message.ts';

/** A message as a consumer gets it, with every system attribute it has. */
export const receivedMessage = ({
  message,
  receiveCount,
  firstReceivedAtMs,
  receiptHandle,
}: StoredMessage): ReceivedMessage => ({
  messageId: message.messageId,
  receiptHandle: receiptHandle ?? '',
  body: message.body,
  md5OfBody: md5OfBody(message.body),
  attributes: {
    SenderId: message.senderId,
    SentTimestamp: String(message.sentAtMs),
    ApproximateReceiveCount: String(receiveCount),
    ApproximateFirstReceiveTimestamp: String(firstReceivedAtMs ?? message.sentAtMs),
    ...(message.traceHeader !== undefined && { AWSTraceHeader: message.traceHeader }),
    ...(message.deadLetterSourceArn !== undefined && { DeadLetterQueueSourceArn: message.deadLetterSourceArn }),
  },
  messageAttributes: message.attributes,
});

const isWanted = (name: string, wanted: readonly string[]): boolean =>
  wanted.some((pattern) =>
    pattern === 'All' || pattern === '.*'
      ? true
      : pattern.endsWith('.*')
        ? name.startsWith(pattern.slice(0, -2))
        : name === pattern,
  );

const only = <T>(members: Readonly<Record<string, T>>, wanted: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(members).filter(([name]) => isWanted(name, wanted)));

/** The same as the API gives it: with the attributes that the consumer asks for. */
export const messageForApi = (
  stored: StoredMessage,
  systemNames: readonly string[],
  attributeNames: readonly string[],
): JsonObject => {
  const { messageId, receiptHandle, body, md5OfBody: digest, attributes, messageAttributes } = receivedMessage(stored);
  const system = only(attributes, systemNames);
  const asked = only(messageAttributes, attributeNames);
  const digestOfAttributes = md5OfAttributes(asked);
  return {
    MessageId: messageId,
    ReceiptHandle: receiptHandle,
    Body: body,
    MD5OfBody: digest,
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(digestOfAttributes !== undefined && { MessageAttributes: asked, MD5OfMessageAttributes: digestOfAttributes }),
  };
};
