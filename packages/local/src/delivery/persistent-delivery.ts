import { AwsError } from '../core/aws-call.ts';
import { messageOf } from '../core/thrown.ts';
import type { Delivery, World } from '../core/world.ts';
import type { RetryPolicy } from './retry-policy.ts';

export interface FailedDelivery {
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly retryAttempts: number;
  /** Absent when the failure was one that retrying cannot cure. */
  readonly exhausted?: 'MaximumRetryAttempts' | 'MaximumEventAgeInSeconds';
}

export interface DeliveryOrder {
  readonly targetArn: string;
  readonly delivery: Delivery;
  readonly retry: RetryPolicy;
  /** Where what could not be delivered goes, and what goes there; absent means it is dropped. */
  readonly deadLetter?: { readonly arn: string; readonly deadLetterFor: (failure: FailedDelivery) => Delivery };
  /** For the journal: what links the delivery to its event and rule. */
  readonly record: Readonly<Record<string, string>>;
}

const FIRST_BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 600_000;

/** AWS sends these straight to the dead-letter queue. */
const HOPELESS: readonly (readonly [RegExp, string])[] = [
  [/NotFound|NonExistent|DoesNotExist/, 'NO_RESOURCE'],
  [/AccessDenied|NotAuthorized/, 'NO_PERMISSIONS'],
];

const codeOf = (error: unknown): string => (error instanceof AwsError ? error.code : 'InternalException');

const errorCodeOf = (code: string): string => {
  if (/Throttl|TooManyRequests/.test(code)) return 'THROTTLING';
  return HOPELESS.find(([expression]) => expression.test(code))?.[1] ?? 'ERROR_FROM_TARGET';
};

/** Exponential with jitter, as AWS says without giving figures. */
const backoffMs = (attempt: number, chance: number) =>
  Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempt - 1)) * (0.5 + chance / 2);

/** Delivers from the agenda, now and again after growing pauses, until the retry policy is used up. */
export const createPersistentDelivery = ({ agenda, clock, gate, journal, random, targets }: World) => {
  const note = (order: DeliveryOrder, outcome: string, attempt: number, error?: unknown, nextAttemptAtMs?: number) =>
    journal.record('deliveries', {
      id: random.hex(8),
      atMs: clock.now(),
      ...order.record,
      source: order.delivery.source,
      target: order.targetArn,
      what: '1 event',
      outcome,
      attempt,
      attempts: order.retry.maximumRetryAttempts + 1,
      ...(order.deadLetter && { deadLetters: order.deadLetter.arn }),
      ...(nextAttemptAtMs !== undefined && { nextAttemptAtMs }),
      ...(error !== undefined && { error: messageOf(error) }),
    });

  const giveUp = async (
    order: DeliveryOrder,
    error: unknown,
    attempt: number,
    exhausted?: FailedDelivery['exhausted'],
  ) => {
    const { deadLetter } = order;
    if (!deadLetter) {
      note(order, 'dropped', attempt, error);
      return;
    }
    const failure: FailedDelivery = {
      errorCode: errorCodeOf(codeOf(error)),
      errorMessage: messageOf(error),
      retryAttempts: attempt - 1,
      ...(exhausted && { exhausted }),
    };
    try {
      await targets.deliver(deadLetter.arn, deadLetter.deadLetterFor(failure));
      note(order, 'dead-lettered', attempt, error);
    } catch (refusal) {
      note(order, 'dropped', attempt, refusal);
    }
  };

  const attemptAt = (order: DeliveryOrder, orderedAtMs: number, dueAtMs: number, attempt: number): void => {
    const what = attempt === 1 ? 'deliver' : `retry delivery (attempt ${attempt})`;
    agenda.schedule({ dueAtMs, kind: 'pending', what, subject: order.targetArn }, async () => {
      await gate.pass('delivery', order.targetArn);
      try {
        await targets.deliver(order.targetArn, order.delivery);
        note(order, 'delivered', attempt);
        if (gate.repeats('delivery')) attemptAt(order, orderedAtMs, clock.now(), attempt);
      } catch (error) {
        const hopeless = HOPELESS.some(([expression]) => expression.test(codeOf(error)));
        if (hopeless) return giveUp(order, error, attempt);
        if (attempt > order.retry.maximumRetryAttempts) return giveUp(order, error, attempt, 'MaximumRetryAttempts');
        const retryAtMs = clock.now() + backoffMs(attempt, random.next());
        if (retryAtMs - orderedAtMs > order.retry.maximumEventAgeSeconds * 1000)
          return giveUp(order, error, attempt, 'MaximumEventAgeInSeconds');
        note(order, 'failed', attempt, error, retryAtMs);
        attemptAt(order, orderedAtMs, retryAtMs, attempt + 1);
      }
    });
  };

  return (order: DeliveryOrder): void => attemptAt(order, clock.now(), clock.now(), 1);
};

export type PersistentDelivery = ReturnType<typeof createPersistentDelivery>;
