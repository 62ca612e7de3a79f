import type { OwnQueue } from '../../kernel/messages/own-queue.ts';
import type { JsonObject } from '../../kernel/values/json.ts';
import { createAwsJson } from './aws-json.ts';

const TIMEOUT_MS = 3_000;

/** As `lib/constructs/messages/consumed-queue.ts` names it. */
const deadLettersOf = (queueArn: string): string => `${queueArn}-dead-letters`;

/** Of a queue in the account and region of an ARN. */
export const queueUrl = (near: string, name: string): string => {
  const [, , , region, account] = near.split(':');
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
};

const urlOf = (queueArn: string): string => queueUrl(queueArn, queueArn.slice(queueArn.lastIndexOf(':') + 1));

const MAX_ERROR_LENGTH = 500;

/** What an attribute of a message may hold. */
const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?').slice(0, MAX_ERROR_LENGTH) || '?';

const text = (value: string) => ({ DataType: 'String', StringValue: value });

/** The queue that a record comes from: its ARN says which, so the function needs no name in its environment. */
export const wireOwnQueue = (): OwnQueue => {
  const send = createAwsJson('sqs', TIMEOUT_MS);
  const call = async (operation: string, body: JsonObject): Promise<void> => {
    const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}` };
    await send('/', body, headers);
  };
  return {
    hide: ({ eventSourceARN, receiptHandle }, seconds) =>
      call('ChangeMessageVisibility', {
        QueueUrl: urlOf(eventSourceARN),
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: seconds,
      }),
    giveUp: ({ eventSourceARN, messageId, body, attributes: { AWSTraceHeader: trace } }, error) =>
      call('SendMessage', {
        QueueUrl: urlOf(deadLettersOf(eventSourceARN)),
        MessageBody: body,
        MessageAttributes: { reason: text('malformed'), error: text(printable(error)), messageId: text(messageId) },
        ...(trace !== undefined && { MessageSystemAttributes: { AWSTraceHeader: text(trace) } }),
      }),
  };
};
