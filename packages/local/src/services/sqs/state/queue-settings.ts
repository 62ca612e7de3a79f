import { AwsError } from '../../../core/aws-call.ts';
import { isObject, type Json, type JsonObject } from '../../../core/json.ts';

export const MAX_MESSAGE_BYTES = 1_048_576;

/** Least, most and default of each numeric attribute, as SetQueueAttributes documents them; times in seconds. */
const RANGES = {
  VisibilityTimeout: [0, 43_200, 30],
  DelaySeconds: [0, 900, 0],
  MaximumMessageSize: [1024, MAX_MESSAGE_BYTES, MAX_MESSAGE_BYTES],
  MessageRetentionPeriod: [60, 1_209_600, 345_600],
  ReceiveMessageWaitTimeSeconds: [0, 20, 0],
} as const;

export type NumericSetting = keyof typeof RANGES;

const isNumeric = (name: string): name is NumericSetting => Object.hasOwn(RANGES, name);

/** Kept and answered, without effect here. */
const RECORDED = new Set([
  'Policy',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'SqsManagedSseEnabled',
]);

/** Queue attributes as the API speaks them: every value is text, policies are JSON text. */
export type QueueAttributes = Readonly<Record<string, string>>;

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

const refuse = (name: string, value: Json): never => {
  throw new AwsError('InvalidAttributeValue', `Invalid value ${JSON.stringify(value)} for the parameter ${name}.`);
};

const textOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Checks attributes of a call or a template. Throws AwsError as SetQueueAttributes does. */
export const parseAttributes = (attributes: JsonObject): QueueAttributes => {
  const parsed: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (isNumeric(name)) {
      const [least, most] = RANGES[name];
      const number = Number(value);
      if (!Number.isInteger(number) || number < least || number > most) refuse(name, value);
      parsed[name] = String(number);
    } else if (RECORDED.has(name)) {
      parsed[name] = textOf(value);
    } else {
      throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`);
    }
  }
  redrivePolicyOf(parsed);
  return parsed;
};

export const settingOf = (attributes: QueueAttributes, name: NumericSetting): number =>
  Number(attributes[name] ?? RANGES[name][2]);

/** Every numeric attribute, with defaults. */
export const settingsOf = (attributes: QueueAttributes): QueueAttributes =>
  Object.fromEntries(
    Object.entries(RANGES).map(([name, [, , standard]]) => [name, attributes[name] ?? String(standard)]),
  );

const jsonIn = (attributes: QueueAttributes, name: string): JsonObject | undefined => {
  const text = attributes[name];
  if (!text) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : refuse(name, text);
  } catch {
    return refuse(name, text);
  }
};

export const redrivePolicyOf = (attributes: QueueAttributes): RedrivePolicy | undefined => {
  const policy = jsonIn(attributes, 'RedrivePolicy');
  if (!policy) return undefined;
  const maxReceiveCount = Number(policy.maxReceiveCount);
  const { deadLetterTargetArn } = policy;
  if (typeof deadLetterTargetArn !== 'string') return refuse('RedrivePolicy', policy);
  if (!Number.isInteger(maxReceiveCount) || maxReceiveCount < 1 || maxReceiveCount > 1000) {
    return refuse('RedrivePolicy', policy);
  }
  return { deadLetterTargetArn, maxReceiveCount };
};

/** Whether a queue with these attributes takes the dead letters of the queue `sourceArn`. */
export const allowsRedriveFrom = (attributes: QueueAttributes, sourceArn: string): boolean => {
  const policy = jsonIn(attributes, 'RedriveAllowPolicy');
  if (!policy || policy.redrivePermission === 'allowAll') return true;
  const { redrivePermission, sourceQueueArns } = policy;
  return redrivePermission === 'byQueue' && Array.isArray(sourceQueueArns) && sourceQueueArns.includes(sourceArn);
};
