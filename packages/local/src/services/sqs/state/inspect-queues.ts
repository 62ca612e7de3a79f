import type { Json, JsonObject } from '../../../core/json.ts';
import type { Queue } from './queue.ts';
import { receivedMessage } from './received-message.ts';
import type { StoredMessage } from './stored-message.ts';

/** Bodies shown of one queue; the counts are of all. */
const MOST_SHOWN = 100;

export const describeMessage = (stored: StoredMessage): JsonObject => {
  const { messageId, body, attributes, messageAttributes } = receivedMessage(stored);
  return { messageId, state: stored.phase, visibleAtMs: stored.visibleAtMs, body, attributes, messageAttributes };
};

const inspectQueue = (queue: Queue, nowMs: number): Json => {
  queue.expire();
  const stored = queue.state.all(nowMs);
  const oldestMs = stored.reduce((oldest, { message }) => Math.min(oldest, message.sentAtMs), nowMs);
  return {
    name: queue.name,
    arn: queue.arn,
    ...queue.state.counts(nowMs),
    oldestAgeSeconds: Math.floor((nowMs - oldestMs) / 1000),
    messages: stored.slice(0, MOST_SHOWN).map(describeMessage),
  };
};

/** Every queue with its depths, its age and its messages. */
export const inspectQueues = (queues: readonly Queue[], nowMs: number): Json =>
  queues.map((queue) => inspectQueue(queue, nowMs));
