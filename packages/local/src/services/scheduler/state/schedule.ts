import { objectOf, textOf } from '../../../assembly/values.ts';
import { AwsError } from '../../../core/aws-call.ts';
import type { Json, JsonObject } from '../../../core/json.ts';
import { messageOf } from '../../../core/thrown.ts';
import { deadLetterArnOf, type RetryPolicy, retryPolicyOf } from '../../../delivery/retry-policy.ts';
import { type Schedule as Occurrences, parseSchedule } from '../../../language/schedule/parse-schedule.ts';

interface ScheduleTarget {
  readonly arn: string;
  readonly input?: string;
  readonly retry: RetryPolicy;
  readonly deadLetterArn?: string;
  /** What the scheduler acts as; on AWS there is always one. */
  readonly roleArn?: string;
  /** For an event bus. */
  readonly detailType?: string;
  readonly source?: string;
}

export interface Schedule {
  readonly name: string;
  readonly groupName: string;
  readonly arn: string;
  readonly enabled: boolean;
  readonly occurrences: Occurrences;
  readonly endsAtMs: number;
  /** How much later than due it may run; 0 with FlexibleTimeWindow OFF. */
  readonly windowMs: number;
  readonly deleteAfterCompletion: boolean;
  readonly target: ScheduleTarget;
  readonly createdAtMs: number;
  /** As given, for GetSchedule. */
  readonly given: JsonObject;
}

const invalid = (message: string) => new AwsError('ValidationException', message);

/** Epoch seconds from the API, ISO text from a template. */
const momentOf = (value: Json | undefined): number | undefined => {
  if (typeof value === 'number') return value * 1000;
  return typeof value === 'string' ? Date.parse(value) : undefined;
};

const targetOf = (value: Json | undefined): ScheduleTarget => {
  const target = objectOf(value);
  const arn = textOf(target.Arn);
  if (!arn) throw invalid('Target.Arn is required');
  if (arn.startsWith('arn:aws:scheduler:::aws-sdk:')) throw invalid(`the universal target ${arn} is not emulated`);
  const { DetailType, Source } = objectOf(target.EventBridgeParameters);
  const optional = {
    input: textOf(target.Input),
    deadLetterArn: deadLetterArnOf(target.DeadLetterConfig),
    roleArn: textOf(target.RoleArn),
    detailType: textOf(DetailType),
    source: textOf(Source),
  };
  const given = Object.fromEntries(Object.entries(optional).filter(([, member]) => member !== undefined));
  return { arn, retry: retryPolicyOf(target.RetryPolicy), ...given };
};

const occurrencesOf = (properties: JsonObject, startsAtMs: number): Occurrences => {
  const zone = textOf(properties.ScheduleExpressionTimezone);
  try {
    return parseSchedule(textOf(properties.ScheduleExpression) ?? '', { startsAtMs, ...(zone && { zone }) });
  } catch (error) {
    throw invalid(`Invalid Schedule Expression: ${messageOf(error)}`);
  }
};

/** Reads the shape that templates and CreateSchedule share. Throws AwsError `ValidationException`. */
export const scheduleOf = (
  properties: JsonObject,
  names: Pick<Schedule, 'name' | 'groupName' | 'arn'>,
  nowMs: number,
): Schedule => {
  const window = objectOf(properties.FlexibleTimeWindow);
  if (window.Mode !== 'OFF' && window.Mode !== 'FLEXIBLE') throw invalid('FlexibleTimeWindow.Mode is OFF or FLEXIBLE');
  return {
    ...names,
    enabled: properties.State !== 'DISABLED',
    occurrences: occurrencesOf(properties, momentOf(properties.StartDate) ?? nowMs),
    endsAtMs: momentOf(properties.EndDate) ?? Number.POSITIVE_INFINITY,
    windowMs: window.Mode === 'FLEXIBLE' ? Number(window.MaximumWindowInMinutes ?? 0) * 60_000 : 0,
    deleteAfterCompletion: properties.ActionAfterCompletion === 'DELETE',
    target: targetOf(properties.Target),
    createdAtMs: nowMs,
    given: properties,
  };
};
