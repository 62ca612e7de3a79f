import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { CommandQueues } from '../../kernel/messages/publishing.ts';
import { xrayOfTraceparent } from '../../kernel/ports/trace-context.ts';
import { callAws } from './aws-failure.ts';
import { clientSettings } from './client-settings.ts';
import { queueUrl } from './own-queue.ts';

/** Queues are found by name, `<prefix>-<queue>`, so that services deploy before or after each other. */
export const createCommandQueues = ({
  prefix,
  // Where calls go is for the endpoint to say, on a laptop too, and not for the queue's address.
  client = new SQSClient({ ...clientSettings, useQueueUrlAsEndpoint: false }),
}: {
  readonly prefix: string;
  readonly client?: SQSClient;
}): CommandQueues => {
  const urls = new Map<string, string>();
  const urlOf = async (queue: string, near: string | undefined): Promise<string> => {
    if (near !== undefined) return queueUrl(near, `${prefix}-${queue}`);
    const known = urls.get(queue);
    if (known !== undefined) return known;
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: `${prefix}-${queue}` }));
    if (QueueUrl === undefined) throw new Error(`the queue ${queue} has no URL`);
    urls.set(queue, QueueUrl);
    return QueueUrl;
  };
  return {
    send: (queue, message, delaySeconds, near) =>
      callAws('queue', async () => {
        const trace = xrayOfTraceparent(message.metadata.traceparent);
        await client.send(
          new SendMessageCommand({
            QueueUrl: await urlOf(queue, near),
            MessageBody: JSON.stringify(message),
            ...(delaySeconds !== undefined && { DelaySeconds: delaySeconds }),
            ...(trace && { MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: trace } } }),
          }),
        );
      }),
  };
};
