import { AwsError } from '../../../core/aws-call.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { MessageOutlook } from '../../../core/ports.ts';
import type { World } from '../../../core/world.ts';
import { createDeadLetters, noteDelivery } from './dead-letters.ts';
import type { Message } from './message.ts';
import { checkMessage } from './message-checks.ts';
import type { Queue } from './queue.ts';
import { settingOf } from './queue-settings.ts';
import type { VisibilityChange } from './queue-state.ts';
import type { StoredMessage } from './stored-message.ts';

export interface NewMessage {
  readonly body: string;
  readonly attributes: JsonObject;
  readonly senderId: string;
  /** Default: the queue's. */
  readonly delaySeconds?: number | undefined;
  readonly traceHeader?: string | undefined;
}

/** Sending, receiving and what follows from it; the one way to queues for the API, for event sources and for targets. */
export interface MessageService {
  send(queue: Queue, message: NewMessage): Message;
  receive(queue: Queue, max: number, visibilitySeconds?: number): readonly StoredMessage[];
  /** A handle that was superseded deletes nothing and is no error, as on AWS. */
  delete(queue: Queue, receiptHandle: string): void;
  /** Throws AwsError when the message is not in flight. */
  changeVisibility(queue: Queue, receiptHandle: string, seconds: number): void;
  /** What becomes of a received message that is not deleted. */
  outlook(queue: Queue, receiptHandle: string): MessageOutlook;
}

/** From the first receive on, a message stays hidden 12 hours at most. */
const LONGEST_HIDDEN_SECONDS = 43_200;

/** `<message id>:<nonce>`, opaque to clients. */
const handleOf = (messageId: string, nonce: string) => Buffer.from(`${messageId}:${nonce}`).toString('base64');

const messageIdOf = (receiptHandle: string): string => {
  const [messageId = '', nonce] = Buffer.from(receiptHandle, 'base64').toString().split(':');
  if (nonce !== undefined) return messageId;
  throw new AwsError(
    'ReceiptHandleIsInvalid',
    `The input receipt handle "${receiptHandle}" is not a valid receipt handle.`,
  );
};

const refuseUnless = (outcome: VisibilityChange, receiptHandle: string): void => {
  if (outcome === 'notInFlight') throw new AwsError('MessageNotInflight', 'The message is not in flight.');
  if (outcome === 'changed') return;
  const reason = 'Message does not exist or is not available for visibility timeout change.';
  const what = `Value ${receiptHandle} for parameter ReceiptHandle is invalid. Reason: ${reason}`;
  throw new AwsError('InvalidParameterValue', what);
};

export const createMessageService = (world: World, queueOfArn: (arn: string) => Queue | undefined): MessageService => {
  const { clock, random } = world;
  const deadLetters = createDeadLetters(world, queueOfArn);

  return {
    send: (queue, { body, attributes, senderId, delaySeconds, traceHeader }) => {
      checkMessage(queue, body, attributes);
      const nowMs = clock.now();
      const seconds = delaySeconds ?? settingOf(queue.attributes, 'DelaySeconds');
      const trace = traceHeader === undefined ? {} : { traceHeader };
      const message = { messageId: random.uuid(), body, attributes, senderId, sentAtMs: nowMs, ...trace };
      queue.state.put({ message }, nowMs + seconds * 1000, nowMs);
      noteDelivery(world, 'sent', queue, message, { source: senderId, ...(seconds > 0 && { delaySeconds: seconds }) });
      queue.changed();
      return message;
    },
    receive: (queue, max, visibilitySeconds = settingOf(queue.attributes, 'VisibilityTimeout')) => {
      queue.expire();
      const nowMs = clock.now();
      const redrive = deadLetters.of(queue);
      const { received, givenUp } = queue.state.receive(
        {
          max,
          visibleAtMs: nowMs + visibilitySeconds * 1000,
          maxReceiveCount: redrive?.maxReceiveCount ?? Number.POSITIVE_INFINITY,
          newHandle: (messageId) => handleOf(messageId, random.hex(8)),
        },
        nowMs,
      );
      if (redrive && givenUp.length > 0) deadLetters.move(queue, redrive.queue, givenUp);
      queue.plan();
      return received;
    },
    delete: (queue, receiptHandle) => {
      queue.state.delete(messageIdOf(receiptHandle), receiptHandle);
      queue.plan();
    },
    changeVisibility: (queue, receiptHandle, seconds) => {
      const nowMs = clock.now();
      if (!Number.isInteger(seconds) || seconds < 0 || seconds > LONGEST_HIDDEN_SECONDS) {
        throw new AwsError('InvalidParameterValue', `Value ${seconds} for parameter VisibilityTimeout is invalid.`);
      }
      const messageId = messageIdOf(receiptHandle);
      const outcome = queue.state.changeVisibility(messageId, receiptHandle, nowMs + seconds * 1000, nowMs);
      refuseUnless(outcome, receiptHandle);
      queue.changed();
    },
    outlook: (queue, receiptHandle) => {
      const redrive = deadLetters.of(queue);
      return {
        visibleAtMs: queue.state.visibleAtMs(messageIdOf(receiptHandle)) ?? clock.now(),
        ...(redrive && { maxReceives: redrive.maxReceiveCount, deadLetters: redrive.queue.arn }),
      };
    },
  };
};
