import { givePolicy, givingType, takePolicy } from '../../assembly/given-policies.ts';
import { textsOf } from '../../assembly/values.ts';
import type { Resource, ResourceType } from '../../core/emulated-service.ts';
import type { JsonObject } from '../../core/json.ts';
import { physicalName } from '../../core/physical-name.ts';
import { StartError } from '../../core/start-error.ts';
import type { World } from '../../core/world.ts';
import { parseAttributes } from './state/queue-settings.ts';
import type { QueueStore } from './state/queue-store.ts';

const ENCRYPTION = 'messages stay in memory, unencrypted';
const FIFO = 'FIFO queues are not emulated';

const SETTINGS = [
  'DelaySeconds',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'VisibilityTimeout',
  'RedrivePolicy',
  'RedriveAllowPolicy',
];

const nameOf = (resource: Resource): string => {
  const name = resource.properties.QueueName;
  return typeof name === 'string' ? name : physicalName(resource).slice(-80);
};

const settingsIn = (properties: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => SETTINGS.includes(name)));

const create = (store: QueueStore, resource: Resource): void => {
  const name = nameOf(resource);
  if (String(resource.properties.FifoQueue) === 'true') {
    const where = `${resource.stack}/${resource.logicalId}`;
    throw new StartError(`${name}: ${FIFO} here`, where, 'make it a standard queue with an idempotent consumer');
  }
  store.create(name, parseAttributes(settingsIn(resource.properties)));
};

/** Attributes that the template no longer names get their defaults back. Messages stay. */
const update = (store: QueueStore, resource: Resource, before: Resource): boolean => {
  const now = settingsIn(resource.properties);
  const dropped = Object.keys(settingsIn(before.properties)).filter((name) => !(name in now));
  const defaults = Object.fromEntries(dropped.map((name) => [name, '']));
  store.setAttributes(store.need(store.find(nameOf(resource))), { ...defaults, ...parseAttributes(now) });
  return true;
};

const queueArns = (store: QueueStore, { properties }: Resource): readonly string[] =>
  textsOf(properties.Queues).map((url) => store.arnOf(url.split('/').at(-1) ?? ''));

const queuePolicyType = (world: World, store: QueueStore): ResourceType =>
  givingType(
    {
      type: 'AWS::SQS::QueuePolicy',
      honoured: ['Queues', 'PolicyDocument'],
      identify: (resource) => ({ ref: physicalName(resource), attributes: { Id: physicalName(resource) } }),
    },
    (resource) => {
      for (const arn of queueArns(store, resource)) {
        store.need(store.ofArn(arn));
        givePolicy(world, resource, arn, resource.properties.PolicyDocument);
      }
    },
    (resource) => {
      for (const arn of queueArns(store, resource)) takePolicy(world, resource, arn);
    },
  );

export const queueResourceTypes = (world: World, store: QueueStore): readonly ResourceType[] => [
  {
    type: 'AWS::SQS::Queue',
    honoured: ['QueueName', 'FifoQueue', ...SETTINGS],
    notEmulated: {
      Tags: 'tags have no effect here',
      KmsMasterKeyId: ENCRYPTION,
      KmsDataKeyReusePeriodSeconds: ENCRYPTION,
      SqsManagedSseEnabled: ENCRYPTION,
      ContentBasedDeduplication: FIFO,
      DeduplicationScope: FIFO,
      FifoThroughputLimit: FIFO,
    },
    identify: (resource) => {
      const name = nameOf(resource);
      const url = store.urlOf(name);
      return { ref: url, attributes: { Arn: store.arnOf(name), QueueName: name, QueueUrl: url } };
    },
    create: (resource) => create(store, resource),
    update: (resource, before) => update(store, resource, before),
  },
  queuePolicyType(world, store),
];
