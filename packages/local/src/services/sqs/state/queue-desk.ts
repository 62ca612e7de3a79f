import { isObject, type JsonObject } from '../../../core/json.ts';
import type { QueueDesk, Redriven } from '../../../core/ports.ts';
import { messageOf } from '../../../core/thrown.ts';
import type { World } from '../../../core/world.ts';
import { describeMessage } from './inspect-queues.ts';
import type { Message } from './message.ts';
import type { QueueStore } from './queue-store.ts';

/** What EventBridge and Scheduler write beside an event that they could not deliver. */
const TARGET_ARN = 'TARGET_ARN';

const targetIn = ({ attributes }: Message): string | undefined => {
  const attribute = attributes[TARGET_ARN];
  return isObject(attribute) && typeof attribute.StringValue === 'string' ? attribute.StringValue : undefined;
};

/** Looks into queues, and sends dead letters back to where they were meant for. */
export const createQueueDesk = (world: World, store: QueueStore): QueueDesk => {
  const { clock, random, targets } = world;

  /** To its source as a new message, as SQS moves it; what a bus could not deliver goes to the bus's target. */
  const sendBack = async (queueName: string, message: Message): Promise<void> => {
    const { deadLetterSourceArn, ...kept } = message;
    if (deadLetterSourceArn === undefined) {
      const target = targetIn(message);
      if (target === undefined) throw new Error('it names neither the queue it came from nor a target');
      const trace = message.traceHeader === undefined ? {} : { traceHeader: message.traceHeader };
      await targets.deliver(target, { payload: message.body, source: `redrive of ${queueName}`, ...trace });
      return;
    }
    const source = store.need(store.ofArn(deadLetterSourceArn));
    const nowMs = clock.now();
    source.state.put({ message: { ...kept, messageId: random.uuid(), sentAtMs: nowMs } }, nowMs, nowMs);
    source.changed();
  };

  return {
    messages: (name): readonly JsonObject[] => {
      const queue = store.need(store.find(name));
      queue.expire();
      return queue.state.all(clock.now()).map(describeMessage);
    },
    redrive: async (name): Promise<Redriven> => {
      const queue = store.need(store.find(name));
      queue.expire();
      const left: { messageId: string; reason: string }[] = [];
      const taken = queue.state.takeVisible(clock.now());
      for (const stored of taken) {
        try {
          await sendBack(name, stored.message);
        } catch (error) {
          queue.state.put(stored, clock.now(), clock.now());
          left.push({ messageId: stored.message.messageId, reason: messageOf(error) });
        }
      }
      queue.plan();
      return { moved: taken.length - left.length, left };
    },
  };
};
