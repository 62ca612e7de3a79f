import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { ReceivedMessage } from '../../../core/ports.ts';

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** `{StringValue, DataType}` as the queue keeps it → `{stringValue, stringListValues, binaryListValues, dataType}`. */
const messageAttribute = (attribute: Json): Json => {
  if (!isObject(attribute)) return attribute;
  const fields = Object.fromEntries(Object.entries(attribute).map(([name, value]) => [lowerFirst(name), value]));
  return { ...fields, stringListValues: [], binaryListValues: [] };
};

/** One record of an SQS event: https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html#example-standard-queue-message-event */
export const sqsRecord = (message: ReceivedMessage, queueArn: string): JsonObject => ({
  messageId: message.messageId,
  receiptHandle: message.receiptHandle,
  body: message.body,
  attributes: message.attributes,
  messageAttributes: Object.fromEntries(
    Object.entries(message.messageAttributes).map(([name, attribute]) => [name, messageAttribute(attribute)]),
  ),
  md5OfBody: message.md5OfBody,
  eventSource: 'aws:sqs',
  eventSourceARN: queueArn,
  awsRegion: queueArn.split(':')[3] ?? '',
});

/** The record as filters see it: a JSON body as JSON. */
export const filterableRecord = (record: JsonObject): JsonObject => {
  try {
    return { ...record, body: JSON.parse(String(record.body)) };
  } catch {
    return record;
  }
};

/** The trace of a batch, when all its messages carry the same. */
export const batchTrace = (messages: readonly ReceivedMessage[]): string | undefined => {
  const traces = new Set(messages.map(({ attributes }) => attributes.AWSTraceHeader));
  return traces.size === 1 ? [...traces][0] : undefined;
};
