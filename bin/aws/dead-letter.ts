import type { Message, MessageAttributeValue } from '@aws-sdk/client-sqs';

/** Where a dead letter was meant for, or why that cannot be known. */
export type Destination =
  | { readonly kind: 'queue'; readonly arn: string; readonly attributes: Record<string, MessageAttributeValue> }
  | { readonly kind: 'function'; readonly arn: string; readonly payload: string }
  | { readonly kind: 'bus'; readonly arn: string; readonly event: Readonly<Record<string, unknown>> }
  | { readonly kind: 'unknown'; readonly reason: string };

type Record_ = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Record_ =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const objectIn = (text: string): Record_ => {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
};

/** What a consumer of ours writes beside a message that it gives up. */
const OF_THE_CONSUMER = ['reason', 'error'];

const unknown = (reason: string): Destination => ({ kind: 'unknown', reason });

/** EventBridge and Scheduler name the target that did not take an event. */
const ofTarget = (arn: string, body: string): Destination => {
  const service = arn.split(':')[2];
  if (service === 'sqs') return { kind: 'queue', arn, attributes: {} };
  if (service === 'lambda') return { kind: 'function', arn, payload: body };
  if (service === 'events') return { kind: 'bus', arn, event: objectIn(body) };
  return unknown(`its target is of ${service}: ${arn}`);
};

/** Lambda's record of an asynchronous invocation names the function, and holds the event that it was given. */
const ofRecord = ({ requestContext, requestPayload, DDBStreamBatchInfo }: Record_): Destination => {
  if (DDBStreamBatchInfo !== undefined)
    return unknown('it names records of a stream by their position; see docs/runbook/stream-record-lost.md');
  if (!isObject(requestContext) || typeof requestContext.functionArn !== 'string' || requestPayload === undefined)
    return unknown('it names neither the queue it came from nor a target nor a function');
  return { kind: 'function', arn: requestContext.functionArn, payload: JSON.stringify(requestPayload) };
};

/** `sources`: the queues whose dead-letter queue this is. */
export const destinationOf = (
  { Body = '', Attributes, MessageAttributes = {} }: Message,
  sources: readonly string[],
): Destination => {
  const target = MessageAttributes.TARGET_ARN?.StringValue;
  if (target !== undefined) return ofTarget(target, Body);
  const [onlySource] = sources.length === 1 ? sources : [];
  const source = Attributes?.DeadLetterQueueSourceArn ?? onlySource;
  if (source === undefined)
    return sources.length > 1 ? unknown('it may be of any of several queues') : ofRecord(objectIn(Body));
  const attributes = Object.entries(MessageAttributes).filter(([name]) => !OF_THE_CONSUMER.includes(name));
  return { kind: 'queue', arn: source, attributes: Object.fromEntries(attributes) };
};

/** One line, as the program prints it. */
export const describeDestination = (destination: Destination): string =>
  destination.kind === 'unknown' ? `stays: ${destination.reason}` : `${destination.kind} ${destination.arn}`;
