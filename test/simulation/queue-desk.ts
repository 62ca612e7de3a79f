import type { QueueSeen } from './history.ts';
import type { Stage } from './stage.ts';

interface InspectedQueue {
  readonly name: string;
  readonly messages: readonly { readonly state: string; readonly body: string }[];
}

/** Queues that hold a message which is not planned for later. */
export const queuesOf = async ({ simulation }: Stage): Promise<readonly QueueSeen[]> => {
  const { controlUrl, controlToken } = simulation.runtime;
  const headers = { authorization: `Bearer ${controlToken}` };
  const { body } = await simulation.request({ method: 'GET', url: `${controlUrl}/control/queues`, headers });
  const queues: readonly InspectedQueue[] = JSON.parse(body);
  return queues
    .map(({ name, messages }) => ({
      name,
      messages: messages.filter(({ state }) => state !== 'delayed').map((message) => message.body),
    }))
    .filter(({ messages }) => messages.length > 0);
};

/** A call to SQS by an operator. */
const callSqs = async <T>({ simulation }: Stage, operation: string, input: object): Promise<T> => {
  const { status, body } = await simulation.request({
    method: 'POST',
    url: simulation.world.endpointUrl(),
    headers: {
      'x-amz-target': `AmazonSQS.${operation}`,
      'content-type': 'application/x-amz-json-1.0',
      authorization: 'AWS4-HMAC-SHA256 Credential=operator/20261101/us-east-1/sqs/aws4_request',
    },
    body: JSON.stringify(input),
  });
  if (status !== 200) throw new Error(`${operation} answered ${status} ${body}`);
  return JSON.parse(body || '{}');
};

/** Sends a message to the queue whose name ends so. */
export const sendTo = async (stage: Stage, name: string, MessageBody: string): Promise<void> => {
  const { QueueUrls } = await callSqs<{ QueueUrls: readonly string[] }>(stage, 'ListQueues', {});
  const QueueUrl = QueueUrls.find((url) => url.endsWith(`-${name}`));
  if (QueueUrl === undefined) throw new Error(`there is no queue ${name}`);
  await callSqs(stage, 'SendMessage', { QueueUrl, MessageBody });
};

const SETTABLE = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
  'RedrivePolicy',
  'RedriveAllowPolicy',
];

/** Deletes the queues whose names end so, with all that lies in them; answers what makes them again. */
export const deleteQueues = async (stage: Stage, names: readonly string[]): Promise<() => Promise<void>> => {
  const { QueueUrls } = await callSqs<{ QueueUrls: readonly string[] }>(stage, 'ListQueues', {});
  const makers: (() => Promise<unknown>)[] = [];
  for (const QueueUrl of QueueUrls.filter((url) => names.some((name) => url.endsWith(`-${name}`)))) {
    const { Attributes } = await callSqs<{ Attributes: Readonly<Record<string, string>> }>(
      stage,
      'GetQueueAttributes',
      { QueueUrl, AttributeNames: ['All'] },
    );
    const settings = Object.fromEntries(Object.entries(Attributes).filter(([name]) => SETTABLE.includes(name)));
    await callSqs(stage, 'DeleteQueue', { QueueUrl });
    const QueueName = QueueUrl.split('/').at(-1);
    makers.push(() => callSqs(stage, 'CreateQueue', { QueueName, Attributes: settings }));
  }
  if (makers.length !== names.length) throw new Error(`there are ${makers.length} queues of ${names.join(', ')}`);
  return async () => {
    for (const make of makers) await make();
  };
};
