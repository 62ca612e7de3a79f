import { AwsError } from '../../../core/aws-call.ts';
import { isObject } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import type { JsonOperation } from '../../../http/json-protocol.ts';
import type { Call } from '../../../http/operation.ts';
import type { Queue } from '../state/queue.ts';
import { parseAttributes, redrivePolicyOf, settingsOf } from '../state/queue-settings.ts';
import type { QueueStore } from '../state/queue-store.ts';

const READ_ONLY = [
  'QueueArn',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
];

const RECORDED = ['Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId', 'SqsManagedSseEnabled'];

const seconds = (ms: number) => String(Math.floor(ms / 1000));

const attributesOf = (queue: Queue, nowMs: number): Readonly<Record<string, string>> => {
  queue.expire();
  const { visible, inFlight, delayed } = queue.state.counts(nowMs);
  return {
    ...settingsOf(queue.attributes),
    ...queue.attributes,
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: seconds(queue.createdAtMs),
    LastModifiedTimestamp: seconds(queue.changedAtMs),
  };
};

/** The operations on queues as such. */
export const queueOperations = (
  world: World,
  store: QueueStore,
  queueOf: (call: Call) => Queue,
): Readonly<Record<string, JsonOperation>> => ({
  CreateQueue: ({ QueueName, Attributes }) => {
    const attributes = parseAttributes(isObject(Attributes) ? Attributes : {});
    return { QueueUrl: store.urlOf(store.create(String(QueueName), attributes).name) };
  },
  DeleteQueue: (_input, call) => {
    store.remove(queueOf(call));
    return {};
  },
  GetQueueUrl: ({ QueueName }) => ({ QueueUrl: store.urlOf(store.need(store.find(String(QueueName))).name) }),
  ListQueues: ({ QueueNamePrefix }) => {
    const urls = store
      .all()
      .filter(({ name }) => QueueNamePrefix === undefined || name.startsWith(String(QueueNamePrefix)))
      .map(({ name }) => store.urlOf(name));
    return urls.length === 0 ? {} : { QueueUrls: urls };
  },
  GetQueueAttributes: (input, call) => {
    const attributes = attributesOf(queueOf(call), world.clock.now());
    const wanted = Array.isArray(input.AttributeNames) ? input.AttributeNames.map(String) : [];
    if (wanted.includes('All')) return { Attributes: attributes };
    const unknown = wanted.find(
      (name) => !(name in settingsOf({})) && !READ_ONLY.includes(name) && !RECORDED.includes(name),
    );
    if (unknown !== undefined) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
    return { Attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => wanted.includes(name))) };
  },
  SetQueueAttributes: (input, call) => {
    store.setAttributes(queueOf(call), parseAttributes(isObject(input.Attributes) ? input.Attributes : {}));
    return {};
  },
  ListDeadLetterSourceQueues: (_input, call) => {
    const { arn } = queueOf(call);
    const sources = store.all().filter(({ attributes }) => redrivePolicyOf(attributes)?.deadLetterTargetArn === arn);
    return { queueUrls: sources.map(({ name }) => store.urlOf(name)) };
  },
});
