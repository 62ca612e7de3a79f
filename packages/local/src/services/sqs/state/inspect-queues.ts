import type { Json } from '../../../core/json.ts';
import type { Queue } from './queue.ts';
import { receivedMessage } from './received-message.ts';

/** Bodies shown of one queue; the counts are of all. */
const MOST_SHOWN = 100;

const inspectQueue = (queue: Queue, nowMs: number): Json => {
  queue.expire();
  const stored = queue.state.all(nowMs);
  const oldestMs = stored.reduce((oldest, { message }) => Math.min(oldest, message.sentAtMs), nowMs);
  return {
    name: queue.name,
    arn: queue.arn,
    ...queue.state.counts(nowMs),
    oldestAgeSeconds: Math.floor((nowMs - oldestMs) / 1000),
    policies: queue.policies.map((policy): Json => JSON.parse(policy)),
    messages: stored.slice(0, MOST_SHOWN).map((message) => {
      const { messageId, body, attributes, messageAttributes } = receivedMessage(message);
      return { messageId, state: message.phase, visibleAtMs: message.visibleAtMs, body, attributes, messageAttributes };
    }),
  };
};

/** Every queue with its depths, its age and its messages. */
export const inspectQueues = (queues: readonly Queue[], nowMs: number): Json =>
  queues.map((queue) => inspectQueue(queue, nowMs));
