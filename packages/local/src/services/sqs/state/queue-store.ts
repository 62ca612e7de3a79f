import { AwsError } from '../../../core/aws-call.ts';
import type { World } from '../../../core/world.ts';
import { createQueue, type Queue } from './queue.ts';
import { allowsRedriveFrom, type QueueAttributes, redrivePolicyOf } from './queue-settings.ts';

export interface QueueStore {
  /** Answers the queue of that name if its attributes agree. Throws AwsError otherwise. */
  create(name: string, attributes: QueueAttributes): Queue;
  setAttributes(queue: Queue, attributes: QueueAttributes): void;
  remove(queue: Queue): void;
  find(name: string): Queue | undefined;
  ofArn(arn: string): Queue | undefined;
  /** Throws AwsError `QueueDoesNotExist`. */
  need(queue: Queue | undefined): Queue;
  /** Queue.onVisible, also of a queue that has this ARN later. Throws AwsError `QueueDoesNotExist` when none has it now. */
  onVisible(arn: string, notify: () => void): () => void;
  all(): readonly Queue[];
  arnOf(name: string): string;
  urlOf(name: string): string;
}

const NAME = /^[\w-]{1,80}$/;

interface Reader {
  readonly notify: () => void;
  leave: () => void;
}

const nameInArn = (arn: string) => arn.split(':').at(-1) ?? '';

const checkSame = (existing: Queue, attributes: QueueAttributes): Queue => {
  const differs = Object.entries(attributes).some(([key, value]) => existing.attributes[key] !== value);
  if (!differs) return existing;
  const what = `A queue already exists with the same name and a different value: ${existing.name}`;
  throw new AwsError('QueueNameExists', what);
};

export const createQueueStore = (world: World): QueueStore => {
  const queues = new Map<string, Queue>();
  const readers = new Map<string, Set<Reader>>();
  const arnOf = (name: string) => `arn:${world.partition}:sqs:${world.region}:${world.account}:${name}`;

  const checkRedrive = (sourceArn: string, attributes: QueueAttributes) => {
    const redrive = redrivePolicyOf(attributes);
    if (!redrive) return;
    const deadLetters = queues.get(nameInArn(redrive.deadLetterTargetArn));
    if (!deadLetters || !allowsRedriveFrom(deadLetters.attributes, sourceArn)) {
      const reason = deadLetters
        ? 'Dead letter queue does not allow this source.'
        : 'Dead letter target does not exist.';
      const what = `Value ${attributes.RedrivePolicy} for parameter RedrivePolicy is invalid. Reason: ${reason}`;
      throw new AwsError('InvalidParameterValue', what);
    }
  };

  const create = (name: string, attributes: QueueAttributes): Queue => {
    const existing = queues.get(name);
    if (existing) return checkSame(existing, attributes);
    if (!NAME.test(name)) {
      const rule = 'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length';
      throw new AwsError('InvalidParameterValue', `${rule}; FIFO queues are not emulated here: ${name}`);
    }
    checkRedrive(arnOf(name), attributes);
    const queue = createQueue(world, name, arnOf(name), attributes);
    queues.set(name, queue);
    for (const reader of readers.get(queue.arn) ?? []) reader.leave = queue.onVisible(reader.notify);
    return queue;
  };
  const ofArn = (arn: string) => (arn.split(':')[2] === 'sqs' ? queues.get(nameInArn(arn)) : undefined);
  const need = (queue: Queue | undefined): Queue => {
    if (queue) return queue;
    throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.');
  };

  return {
    create,
    setAttributes: (queue, attributes) => {
      checkRedrive(queue.arn, attributes);
      const all = Object.entries({ ...queue.attributes, ...attributes });
      queue.attributes = Object.fromEntries(all.filter(([, value]) => value !== ''));
      queue.changedAtMs = world.clock.now();
      queue.changed();
    },
    remove: (queue) => {
      queue.state.purge();
      queue.plan();
      queues.delete(queue.name);
    },
    find: (name) => queues.get(name),
    ofArn,
    need,
    onVisible: (arn, notify) => {
      const reader: Reader = { notify, leave: need(ofArn(arn)).onVisible(notify) };
      const others = readers.get(arn) ?? new Set();
      readers.set(arn, others.add(reader));
      return () => {
        others.delete(reader);
        reader.leave();
      };
    },
    all: () => [...queues.values()],
    arnOf,
    urlOf: (name) => `${world.endpointUrl()}/${world.account}/${name}`,
  };
};
