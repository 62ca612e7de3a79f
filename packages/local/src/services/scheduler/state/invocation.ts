import type { Json, JsonObject } from '../../../core/json.ts';
import type { World } from '../../../core/world.ts';
import type { DeliveryOrder, FailedDelivery } from '../../../delivery/persistent-delivery.ts';
import type { Schedule } from './schedule.ts';

interface Execution {
  readonly id: string;
  readonly scheduledAtMs: number;
}

const isoSeconds = (epochMs: number) => `${new Date(epochMs).toISOString().slice(0, 19)}Z`;

/** What a target without Input receives. */
const defaultInput = ({ account, region }: World, { arn }: Schedule, { id, scheduledAtMs }: Execution) =>
  JSON.stringify({
    version: '0',
    id,
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account,
    time: isoSeconds(scheduledAtMs),
    region,
    resources: [arn],
    detail: '{}',
  });

const withContext = (input: string, { arn }: Schedule, { id, scheduledAtMs }: Execution) =>
  input
    .replaceAll('<aws.scheduler.schedule-arn>', arn)
    .replaceAll('<aws.scheduler.scheduled-time>', isoSeconds(scheduledAtMs))
    .replaceAll('<aws.scheduler.execution-id>', id)
    .replaceAll('<aws.scheduler.attempt-number>', '1');

const parsed = (text: string): Json => {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
};

const eventOf = ({ arn, target }: Schedule, input: string): JsonObject => ({
  source: target.source ?? 'aws.scheduler',
  'detail-type': target.detailType ?? 'Scheduled Event',
  resources: [arn],
  detail: parsed(input),
});

/** The request that could not be made, as Scheduler puts it into the dead letter's body. */
const requestOf = ({ account, region }: World, { target }: Schedule, input: string): JsonObject => {
  const [, , service, , , name = ''] = target.arn.split(':');
  if (service === 'sqs')
    return { MessageBody: input, QueueUrl: `https://sqs.${region}.amazonaws.com/${account}/${name}` };
  if (service === 'lambda') return { FunctionName: target.arn, InvocationType: 'Event', Payload: input };
  return { Entries: [{ EventBusName: target.arn, Detail: input }] };
};

const letterAttributes = (schedule: Schedule, execution: Execution, failure: FailedDelivery) => ({
  SCHEDULE_ARN: schedule.arn,
  TARGET_ARN: schedule.target.arn,
  EXECUTION_ID: execution.id,
  SCHEDULED_TIME: isoSeconds(execution.scheduledAtMs),
  ERROR_CODE: failure.errorCode,
  ERROR_MESSAGE: failure.errorMessage,
  RETRY_ATTEMPTS: String(failure.retryAttempts),
  IS_PAYLOAD_TRUNCATED: 'false',
  ...(failure.exhausted && { EXHAUSTED_RETRY_CONDITION: failure.exhausted }),
});

/** What one execution of a schedule delivers, and the letter it leaves when that fails for good. */
export const deliveryOrderOf = (world: World, schedule: Schedule, execution: Execution): DeliveryOrder => {
  const { target } = schedule;
  const input =
    target.input === undefined
      ? defaultInput(world, schedule, execution)
      : withContext(target.input, schedule, execution);
  const isBus = target.arn.split(':')[2] === 'events';
  const source = `scheduler ${schedule.groupName}/${schedule.name}`;
  const by = { principal: target.roleArn ?? 'scheduler.amazonaws.com', sourceArn: schedule.arn };
  return {
    targetArn: target.arn,
    delivery: {
      payload: isBus ? JSON.stringify(eventOf(schedule, input)) : input,
      source,
      by,
    },
    retry: target.retry,
    record: { schedule: schedule.arn, executionId: execution.id },
    ...(target.deadLetterArn !== undefined && {
      deadLetter: {
        arn: target.deadLetterArn,
        deadLetterFor: (failure) => ({
          payload: JSON.stringify(requestOf(world, schedule, input)),
          source: `${source} dead letter`,
          attributes: letterAttributes(schedule, execution, failure),
          by,
        }),
      },
    }),
  };
};
