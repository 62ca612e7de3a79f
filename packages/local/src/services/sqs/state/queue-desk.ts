import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import type { QueueDesk, Redriven } from '../../../core/ports.ts';
import { messageOf } from '../../../core/thrown.ts';
import type { World } from '../../../core/world.ts';
import { describeMessage } from './inspect-queues.ts';
import type { Message } from './message.ts';
import type { Queue } from './queue.ts';
import { redrivePolicyOf } from './queue-settings.ts';
import type { QueueStore } from './queue-store.ts';

/** What EventBridge and Scheduler write beside an event that they could not deliver. */
const TARGET_ARN = 'TARGET_ARN';

const targetIn = ({ attributes }: Message): string | undefined => {
  const attribute = attributes[TARGET_ARN];
  return isObject(attribute) && typeof attribute.StringValue === 'string' ? attribute.StringValue : undefined;
};

/** What Lambda's record of an asynchronous invocation says: the function, and the event that it was given. */
const invocationIn = ({ body }: Message): { readonly arn: string; readonly payload: string } | undefined => {
  const record = parsed(body);
  if (!isObject(record) || !isObject(record.requestContext) || record.requestPayload === undefined) return undefined;
  const { functionArn } = record.requestContext;
  return typeof functionArn === 'string'
    ? { arn: functionArn, payload: JSON.stringify(record.requestPayload) }
    : undefined;
};

const parsed = (text: string): Json => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** Looks into queues, and sends dead letters back to where they were meant for. */
export const createQueueDesk = (world: World, store: QueueStore): QueueDesk => {
  const { clock, random, targets } = world;

  /** The one queue whose dead letters these are; undefined when there are several. */
  const onlySource = (deadLetters: Queue): string | undefined => {
    const [source, ...others] = store
      .all()
      .filter(({ attributes }) => redrivePolicyOf(attributes)?.deadLetterTargetArn === deadLetters.arn);
    return others.length === 0 ? source?.arn : undefined;
  };

  /** To its source as a new message, as SQS moves it; what was meant for a target or a function goes there. */
  const sendBack = async (deadLetters: Queue, message: Message): Promise<void> => {
    const target = targetIn(message);
    const sourceArn = message.deadLetterSourceArn ?? (target === undefined ? onlySource(deadLetters) : undefined);
    if (sourceArn !== undefined) {
      const source = store.need(store.ofArn(sourceArn));
      const { deadLetterSourceArn: _, ...kept } = message;
      const nowMs = clock.now();
      source.state.put({ message: { ...kept, messageId: random.uuid(), sentAtMs: nowMs } }, nowMs, nowMs);
      source.changed();
      return;
    }
    const meantFor = target === undefined ? invocationIn(message) : { arn: target, payload: message.body };
    if (meantFor === undefined) throw new Error('it names neither the queue it came from nor a target nor a function');
    const trace = message.traceHeader === undefined ? {} : { traceHeader: message.traceHeader };
    await targets.deliver(meantFor.arn, {
      payload: meantFor.payload,
      source: `redrive of ${deadLetters.name}`,
      ...trace,
    });
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
          await sendBack(queue, stored.message);
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
