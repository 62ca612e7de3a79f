import type { JsonObject } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import type { Message } from './message.ts';
import type { Queue } from './queue.ts';
import { redrivePolicyOf } from './queue-settings.ts';
import type { StoredMessage } from './stored-message.ts';

/** Where a queue's messages go, and after how many receives. */
export interface Redrive {
  readonly queue: Queue;
  readonly maxReceiveCount: number;
}

export interface DeadLetters {
  /** Undefined for a queue without a dead-letter queue. */
  of(queue: Queue): Redrive | undefined;
  move(source: Queue, target: Queue, givenUp: readonly StoredMessage[]): void;
}

export const noteDelivery = (
  { clock, journal, random }: World,
  outcome: 'sent' | 'dead-lettered',
  queue: Queue,
  message: Message,
  more: JsonObject,
): void =>
  journal.record('deliveries', {
    id: random.hex(8),
    atMs: clock.now(),
    target: queue.arn,
    outcome,
    messageId: message.messageId,
    ...(message.traceHeader !== undefined && { traceHeader: message.traceHeader }),
    ...more,
  });

export const createDeadLetters = (world: World, queueOfArn: (arn: string) => Queue | undefined): DeadLetters => ({
  of: ({ attributes }) => {
    const redrive = redrivePolicyOf(attributes);
    const queue = redrive && queueOfArn(redrive.deadLetterTargetArn);
    return queue && { queue, maxReceiveCount: redrive.maxReceiveCount };
  },
  move: (source, target, givenUp) => {
    const nowMs = world.clock.now();
    for (const { message, ...stored } of givenUp) {
      const moved = { ...message, deadLetterSourceArn: source.arn };
      target.state.put({ ...stored, message: moved }, nowMs, nowMs);
      noteDelivery(world, 'dead-lettered', target, moved, {
        source: `queue ${source.name}`,
        what: '1 message',
        attempt: stored.receiveCount,
        deadLetters: target.arn,
      });
    }
    target.changed();
  },
});
