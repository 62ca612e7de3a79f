import { objectOf, textsOf } from '../../../assembly/values.ts';
import { AwsError } from '../../../core/aws-call.ts';
import { isObject, type JsonObject } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import type { JsonOperation } from '../../../http/json-protocol.ts';
import type { Call } from '../../../http/operation.ts';
import { md5OfAttributes, md5OfBody, sizeOf } from '../state/message.ts';
import { delayIn, secondsIn } from '../state/message-checks.ts';
import type { MessageService } from '../state/message-service.ts';
import type { Queue } from '../state/queue.ts';
import { MAX_MESSAGE_BYTES, settingOf } from '../state/queue-settings.ts';
import { messageForApi } from '../state/received-message.ts';
import { runBatch } from './batch.ts';
import { longPoll } from './long-poll.ts';

const MOST_RECEIVED = 10;
const LONGEST_VISIBILITY_SECONDS = 43_200;
const LONGEST_WAIT_SECONDS = 20;

const handleIn = ({ ReceiptHandle }: JsonObject): string => {
  if (typeof ReceiptHandle === 'string') return ReceiptHandle;
  throw new AwsError('MissingParameter', 'The request must contain the parameter ReceiptHandle.');
};

const traceIn = ({ MessageSystemAttributes }: JsonObject): string | undefined => {
  const attribute = objectOf(objectOf(MessageSystemAttributes).AWSTraceHeader);
  return typeof attribute.StringValue === 'string' ? attribute.StringValue : undefined;
};

const refuseLargeBatch = (input: JsonObject) => {
  const entries = Array.isArray(input.Entries) ? input.Entries.filter(isObject) : [];
  const bytes = entries.reduce(
    (sum, entry) =>
      sum + sizeOf({ body: String(entry.MessageBody ?? ''), attributes: objectOf(entry.MessageAttributes) }),
    0,
  );
  if (bytes <= MAX_MESSAGE_BYTES) return;
  const what = `Batch requests cannot be longer than ${MAX_MESSAGE_BYTES} bytes. You have sent ${bytes} bytes.`;
  throw new AwsError('BatchRequestTooLong', what);
};

const receive = async (
  world: World,
  messages: MessageService,
  queue: Queue,
  input: JsonObject,
): Promise<JsonObject> => {
  const max = Number(input.MaxNumberOfMessages ?? 1);
  if (!Number.isInteger(max) || max < 1 || max > MOST_RECEIVED) {
    const reason = `Must be between 1 and ${MOST_RECEIVED}, if provided.`;
    const what = `Value ${max} for parameter MaxNumberOfMessages is invalid. Reason: ${reason}`;
    throw new AwsError('InvalidParameterValue', what);
  }
  const visibility = secondsIn(input, 'VisibilityTimeout', LONGEST_VISIBILITY_SECONDS);
  const waitSeconds =
    secondsIn(input, 'WaitTimeSeconds', LONGEST_WAIT_SECONDS) ??
    settingOf(queue.attributes, 'ReceiveMessageWaitTimeSeconds');
  const found = await longPoll(world, queue, waitSeconds, () => messages.receive(queue, max, visibility));
  const systemNames = [...textsOf(input.MessageSystemAttributeNames), ...textsOf(input.AttributeNames)];
  const attributeNames = textsOf(input.MessageAttributeNames);
  return found.length === 0
    ? {}
    : { Messages: found.map((stored) => messageForApi(stored, systemNames, attributeNames)) };
};

/** The operations on messages. */
export const messageOperations = (
  world: World,
  messages: MessageService,
  queueOf: (call: Call) => Queue,
): Readonly<Record<string, JsonOperation>> => {
  const send = (queue: Queue, entry: JsonObject, { caller, traceHeader }: Call): JsonObject => {
    const attributes = objectOf(entry.MessageAttributes);
    const { messageId, body } = messages.send(queue, {
      body: String(entry.MessageBody ?? ''),
      attributes,
      senderId: caller.principal,
      delaySeconds: delayIn(entry),
      traceHeader: traceIn(entry) ?? traceHeader,
    });
    const digest = md5OfAttributes(attributes);
    return {
      MessageId: messageId,
      MD5OfMessageBody: md5OfBody(body),
      ...(digest !== undefined && { MD5OfMessageAttributes: digest }),
    };
  };

  const remove = (queue: Queue, entry: JsonObject): JsonObject => {
    messages.delete(queue, handleIn(entry));
    return {};
  };

  const changeVisibility = (queue: Queue, entry: JsonObject): JsonObject => {
    messages.changeVisibility(queue, handleIn(entry), Number(entry.VisibilityTimeout));
    return {};
  };

  return {
    SendMessage: (input, call) => send(queueOf(call), input, call),
    SendMessageBatch: (input, call) => {
      const queue = queueOf(call);
      refuseLargeBatch(input);
      return runBatch(input, (entry) => send(queue, entry, call));
    },
    ReceiveMessage: (input, call) => receive(world, messages, queueOf(call), input),
    DeleteMessage: (input, call) => remove(queueOf(call), input),
    DeleteMessageBatch: (input, call) => {
      const queue = queueOf(call);
      return runBatch(input, (entry) => remove(queue, entry));
    },
    ChangeMessageVisibility: (input, call) => changeVisibility(queueOf(call), input),
    ChangeMessageVisibilityBatch: (input, call) => {
      const queue = queueOf(call);
      return runBatch(input, (entry) => changeVisibility(queue, entry));
    },
    PurgeQueue: (_input, call) => {
      const queue = queueOf(call);
      queue.state.purge();
      queue.plan();
      return {};
    },
  };
};
