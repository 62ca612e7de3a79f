import { AwsError } from '../../../core/aws-call.ts';
import { checkPattern } from '../../../language/event-pattern/matches-pattern.ts';
import type { Buses } from './event-bus.ts';
import type { Rule, Target } from './rule.ts';
import type { ScheduledRules } from './scheduled-rules.ts';

const MOST_TARGETS = 5;

/** Changes rules with the checks that AWS makes, whether a template or a call asks. */
export const createRules = (buses: Buses, schedules: ScheduledRules) => {
  const put = (rule: Rule): void => {
    if (rule.pattern) checkPattern(rule.pattern);
    if (!rule.pattern && rule.scheduleExpression === undefined)
      throw new AwsError('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.');
    if (rule.targets.size > MOST_TARGETS)
      throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
    schedules.follow(rule);
    buses.putRule(rule);
  };

  const drop = (busName: string, name: string): void => {
    const rule = buses.findRule(busName, name);
    if (!rule) return;
    schedules.stop(rule);
    buses.deleteRule(busName, name);
  };

  return {
    put,
    putTargets: (rule: Rule, targets: Iterable<Target>): void => {
      const merged = new Map(rule.targets);
      for (const target of targets) merged.set(target.id, target);
      // Not through `put`, which would start the rule's schedule again.
      if (merged.size > MOST_TARGETS)
        throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.');
      buses.putRule({ ...rule, targets: merged });
    },
    removeTargets: (rule: Rule, ids: readonly string[]): void => {
      buses.putRule({ ...rule, targets: new Map([...rule.targets].filter(([id]) => !ids.includes(id))) });
    },
    remove: (busName: string, name: string): void => {
      const targets = buses.findRule(busName, name)?.targets.size ?? 0;
      if (targets > 0) throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.");
      drop(busName, name);
    },
    /** With its targets, as CloudFormation does it. */
    drop,
  };
};

export type Rules = ReturnType<typeof createRules>;
