import type { QueueSeen } from './history.ts';
import { callAws } from './operator.ts';
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

/** Sends a message to the queue whose name ends so. */
export const sendTo = async (stage: Stage, name: string, MessageBody: string): Promise<void> => {
  const { QueueUrls } = await callAws<{ QueueUrls: readonly string[] }>(stage, 'AmazonSQS.ListQueues', {});
  const QueueUrl = QueueUrls.find((url) => url.endsWith(`-${name}`));
  if (QueueUrl === undefined) throw new Error(`there is no queue ${name}`);
  await callAws(stage, 'AmazonSQS.SendMessage', { QueueUrl, MessageBody });
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
  const { QueueUrls } = await callAws<{ QueueUrls: readonly string[] }>(stage, 'AmazonSQS.ListQueues', {});
  const makers: (() => Promise<unknown>)[] = [];
  for (const QueueUrl of QueueUrls.filter((url) => names.some((name) => url.endsWith(`-${name}`)))) {
    const { Attributes } = await callAws<{ Attributes: Readonly<Record<string, string>> }>(
      stage,
      'AmazonSQS.GetQueueAttributes',
      { QueueUrl, AttributeNames: ['All'] },
    );
    const settings = Object.fromEntries(Object.entries(Attributes).filter(([name]) => SETTABLE.includes(name)));
    await callAws(stage, 'AmazonSQS.DeleteQueue', { QueueUrl });
    const QueueName = QueueUrl.split('/').at(-1);
    makers.push(() => callAws(stage, 'AmazonSQS.CreateQueue', { QueueName, Attributes: settings }));
  }
  if (makers.length !== names.length) throw new Error(`there are ${makers.length} queues of ${names.join(', ')}`);
  return async () => {
    for (const make of makers) await make();
  };
};
