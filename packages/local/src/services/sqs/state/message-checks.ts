import { AwsError } from '../../../core/aws-call.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';
import { sizeOf } from './message.ts';
import type { Queue } from './queue.ts';
import { settingOf } from './queue-settings.ts';

const MOST_ATTRIBUTES = 10;
const LONGEST_DELAY_SECONDS = 900;

/** What a body may hold: `#x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF`. */
const UNSENDABLE = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

const invalid = (message: string) => new AwsError('InvalidParameterValue', message);

const checkAttribute = (name: string, attribute: Json) => {
  const type = isObject(attribute) ? String(attribute.DataType ?? '') : '';
  if (!isObject(attribute) || !/^(String|Number|Binary)(\..+)?$/.test(type)) {
    throw invalid(`The type of message (user) attribute '${name}' is invalid. It must be String, Number or Binary.`);
  }
  const value = type.startsWith('Binary') ? attribute.BinaryValue : attribute.StringValue;
  if (typeof value !== 'string' || value === '') {
    throw invalid(`Message (user) attribute '${name}' must contain a non-empty value of type '${type}'.`);
  }
};

/** Throws AwsError when SQS would not take the message. */
export const checkMessage = (queue: Pick<Queue, 'attributes'>, body: string, attributes: JsonObject): void => {
  if (body === '') throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.');
  if (UNSENDABLE.test(body)) {
    throw new AwsError('InvalidMessageContents', 'The message contains characters outside the allowed set.');
  }
  const names = Object.entries(attributes);
  if (names.length > MOST_ATTRIBUTES) {
    throw invalid(`Number of message attributes [${names.length}] exceeds the allowed maximum [${MOST_ATTRIBUTES}].`);
  }
  for (const [name, attribute] of names) checkAttribute(name, attribute);
  const most = settingOf(queue.attributes, 'MaximumMessageSize');
  if (sizeOf({ body, attributes }) > most) {
    throw invalid(`One or more parameters are invalid. Reason: Message must be shorter than ${most} bytes.`);
  }
};

/** The attributes that a queue takes beside a body: what describes a delivery must not be what stops it. */
export const sendableAttributes = (
  queue: Pick<Queue, 'attributes'>,
  body: string,
  texts: Readonly<Record<string, string>>,
): JsonObject => {
  const sendable = Object.entries(texts).filter(([, value]) => value !== '' && !UNSENDABLE.test(value));
  const attributes = Object.fromEntries(
    sendable.slice(0, MOST_ATTRIBUTES).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
  );
  return sizeOf({ body, attributes }) > settingOf(queue.attributes, 'MaximumMessageSize') ? {} : attributes;
};

/** A number of seconds from a request; throws AwsError outside 0 … `most`. */
export const secondsIn = (input: JsonObject, name: string, most: number): number | undefined => {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  const seconds = Number(value);
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= most) return seconds;
  throw invalid(
    `Value ${JSON.stringify(value)} for parameter ${name} is invalid. Reason: must be between 0 and ${most}.`,
  );
};

export const delayIn = (input: JsonObject): number | undefined =>
  secondsIn(input, 'DelaySeconds', LONGEST_DELAY_SECONDS);
