import type { Task } from '../../../core/agenda/task.ts';
import { AwsError } from '../../../core/aws-call.ts';
import type { World } from '../../../core/world.ts';
import { parseSchedule, type Schedule } from '../../../language/schedule/parse-schedule.ts';
import { eventTime } from '../operations/put-events.ts';
import type { Buses } from './event-bus.ts';
import type { Publisher } from './publisher.ts';
import type { Rule } from './rule.ts';

/** Rules with a ScheduleExpression (default bus only) fire from the agenda. */
export const createScheduledRules = (world: World, buses: Buses, publisher: Publisher) => {
  const waiting = new Map<string, Task>();
  const { agenda, clock, random } = world;

  const stop = ({ arn }: Rule) => {
    const task = waiting.get(arn);
    if (task) agenda.cancel(task);
    waiting.delete(arn);
  };

  const fire = (rule: Rule, dueAtMs: number) =>
    publisher.publishTo(rule, {
      version: '0',
      id: random.uuid(),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: world.account,
      time: eventTime(dueAtMs),
      region: world.region,
      resources: [rule.arn],
      detail: {},
    });

  const plan = (rule: Rule, schedule: Schedule) => {
    const dueAtMs = schedule.nextAfter(clock.now());
    if (dueAtMs === undefined) return;
    const entry = { dueAtMs, kind: 'planned', what: 'fire scheduled rule', subject: rule.name } as const;
    const task = agenda.schedule(entry, () => {
      // Targets may have been put since the task was made.
      fire(buses.rule(rule.busName, rule.name), dueAtMs);
      plan(rule, schedule);
    });
    waiting.set(rule.arn, task);
  };

  const scheduleOf = (expression: string): Schedule => {
    try {
      return parseSchedule(expression, { startsAtMs: clock.now() });
    } catch {
      throw new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.');
    }
  };

  return {
    stop,
    /** Starts, or starts again; a rule without a schedule or disabled stops. */
    follow: (rule: Rule): void => {
      stop(rule);
      if (rule.scheduleExpression === undefined) return;
      const schedule = scheduleOf(rule.scheduleExpression);
      if (rule.busName !== 'default')
        throw new AwsError('ValidationException', 'ScheduleExpression is supported only on the default event bus.');
      if (rule.enabled) plan(rule, schedule);
    },
  };
};

export type ScheduledRules = ReturnType<typeof createScheduledRules>;
