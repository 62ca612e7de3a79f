import { AwsError } from '../../../core/aws-call.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import type { JsonOperation } from '../../../http/json-protocol.ts';
import type { Queue } from '../state/queue.ts';
import { redrivePolicyOf } from '../state/queue-settings.ts';
import type { QueueStore } from '../state/queue-store.ts';

const MOST_LISTED = 10;

const needArn = (store: QueueStore, arn: Json | undefined): Queue => {
  const queue = store.ofArn(String(arn));
  if (queue) return queue;
  throw new AwsError(
    'ResourceNotFoundException',
    "The resource that you specified for the SourceArn parameter doesn't exist.",
  );
};

const checkIsDeadLetterQueue = (store: QueueStore, queue: Queue): void => {
  const sources = store
    .all()
    .filter(({ attributes }) => redrivePolicyOf(attributes)?.deadLetterTargetArn === queue.arn);
  if (sources.length === 0) {
    throw new AwsError('InvalidParameterValue', 'Source queue must be configured as a Dead Letter Queue.');
  }
};

/** A redriven message is a new one, AWS says: new id, new time, no receives. Answers how many moved. */
const move = ({ clock, random }: World, store: QueueStore, source: Queue, destination: Queue | undefined): number => {
  const nowMs = clock.now();
  source.expire();
  const targets = new Set<Queue>();
  let moved = 0;
  for (const stored of source.state.takeVisible(nowMs)) {
    const { deadLetterSourceArn, ...message } = stored.message;
    const target = destination ?? store.ofArn(deadLetterSourceArn ?? '');
    if (!target) {
      source.state.put(stored, nowMs, nowMs);
      continue;
    }
    target.state.put({ message: { ...message, messageId: random.uuid(), sentAtMs: nowMs } }, nowMs, nowMs);
    targets.add(target);
    moved += 1;
  }
  for (const target of targets) target.changed();
  return moved;
};

/** Redrive of dead letters. A task is done when its call returns: there is no rate here to keep it busy. */
export const moveTaskOperations = (world: World, store: QueueStore): Readonly<Record<string, JsonOperation>> => {
  const { clock, random } = world;
  const tasks: JsonObject[] = [];

  return {
    StartMessageMoveTask: ({ SourceArn, DestinationArn, MaxNumberOfMessagesPerSecond }) => {
      const source = needArn(store, SourceArn);
      checkIsDeadLetterQueue(store, source);
      const destination = DestinationArn === undefined ? undefined : needArn(store, DestinationArn);
      const { visible } = source.state.counts(clock.now());
      const moved = move(world, store, source, destination);
      const handle = Buffer.from(JSON.stringify({ taskId: random.uuid(), sourceArn: source.arn })).toString('base64');
      tasks.unshift({
        Status: 'COMPLETED',
        SourceArn: source.arn,
        ...(destination && { DestinationArn: destination.arn }),
        ...(MaxNumberOfMessagesPerSecond !== undefined && { MaxNumberOfMessagesPerSecond }),
        ApproximateNumberOfMessagesMoved: moved,
        ApproximateNumberOfMessagesToMove: visible,
        StartedTimestamp: clock.now(),
      });
      return { TaskHandle: handle };
    },
    ListMessageMoveTasks: ({ SourceArn, MaxResults }) => {
      const { arn } = needArn(store, SourceArn);
      const listed = Math.min(Number(MaxResults ?? 1), MOST_LISTED);
      return { Results: tasks.filter((task) => task.SourceArn === arn).slice(0, listed) };
    },
    CancelMessageMoveTask: () => {
      throw new AwsError('ResourceNotFoundException', 'The task is not running.');
    },
  };
};
