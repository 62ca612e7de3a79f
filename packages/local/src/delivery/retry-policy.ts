import { isObject, type Json } from '../core/json.ts';

/** How long a failed delivery is repeated. EventBridge and Scheduler share the shape and the defaults. */
export interface RetryPolicy {
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
}

/** AWS's default: 24 hours and 185 attempts. */
const DEFAULT_RETRY: RetryPolicy = { maximumRetryAttempts: 185, maximumEventAgeSeconds: 86_400 };

const numberOf = (value: Json | undefined, fallback: number): number =>
  value === undefined || value === null || !Number.isFinite(Number(value)) ? fallback : Number(value);

/** Reads a target's `RetryPolicy`. */
export const retryPolicyOf = (value: Json | undefined): RetryPolicy => {
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds } = isObject(value) ? value : {};
  return {
    maximumRetryAttempts: numberOf(MaximumRetryAttempts, DEFAULT_RETRY.maximumRetryAttempts),
    maximumEventAgeSeconds: numberOf(MaximumEventAgeInSeconds, DEFAULT_RETRY.maximumEventAgeSeconds),
  };
};

/** Reads a target's `DeadLetterConfig`. */
export const deadLetterArnOf = (value: Json | undefined): string | undefined => {
  const { Arn } = isObject(value) ? value : {};
  return typeof Arn === 'string' ? Arn : undefined;
};
