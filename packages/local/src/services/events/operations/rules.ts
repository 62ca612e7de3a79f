import { textOf, textReader, textsOf } from '../../../assembly/values.ts';
import { AwsError } from '../../../core/aws-call.ts';
import { isObject, type JsonObject } from '../../../core/json.ts';
import type { JsonOperation } from '../../../http/json-protocol.ts';
import { matchesPattern } from '../../../language/event-pattern/matches-pattern.ts';
import { type Buses, busNameOf } from '../state/event-bus.ts';
import { type Rule, targetsOf } from '../state/rule.ts';
import type { Rules } from '../state/rules.ts';

export const requiredText = textReader(
  (name) => new AwsError('ValidationException', `1 validation error detected: ${name} must not be null`),
);

const patternOf = (text: string): JsonObject => {
  try {
    const pattern: unknown = JSON.parse(text);
    if (isObject(pattern)) return pattern;
  } catch {
    // Answered below like any other text that is not an object.
  }
  throw new AwsError('InvalidEventPatternException', 'Event pattern is not valid. Reason: Filter is not an object');
};

const describeRule = (rule: Rule): JsonObject => ({
  Name: rule.name,
  Arn: rule.arn,
  EventBusName: rule.busName,
  State: rule.enabled ? 'ENABLED' : 'DISABLED',
  ...(rule.pattern && { EventPattern: JSON.stringify(rule.pattern) }),
  ...(rule.scheduleExpression !== undefined && { ScheduleExpression: rule.scheduleExpression }),
  ...(rule.description !== undefined && { Description: rule.description }),
  ...(rule.roleArn !== undefined && { RoleArn: rule.roleArn }),
});

const REQUIRED_OF_AN_EVENT = ['id', 'account', 'source', 'time', 'region', 'resources', 'detail-type'];

const testEventPattern = (input: JsonObject): JsonObject => {
  const event = patternOf(requiredText(input, 'Event'));
  const absent = REQUIRED_OF_AN_EVENT.find((name) => event[name] === undefined);
  if (absent) throw new AwsError('ValidationException', `Parameter Event is not valid. Reason: ${absent} is required.`);
  return { Result: matchesPattern(patternOf(requiredText(input, 'EventPattern')), event) };
};

export const ruleOperations = (buses: Buses, rules: Rules): Record<string, JsonOperation> => {
  const busNameIn = (input: JsonObject) => buses.bus(textOf(input.EventBusName)).name;
  const named = (input: JsonObject, name: string) => buses.rule(busNameIn(input), requiredText(input, name));
  const setEnabled = (input: JsonObject, enabled: boolean) => {
    rules.put({ ...named(input, 'Name'), enabled });
    return {};
  };

  return {
    PutRule: (input) => {
      const name = requiredText(input, 'Name');
      const busName = busNameIn(input);
      const pattern = textOf(input.EventPattern);
      const scheduleExpression = textOf(input.ScheduleExpression);
      const description = textOf(input.Description);
      const roleArn = textOf(input.RoleArn);
      const rule: Rule = {
        name,
        arn: buses.ruleArn(busName, name),
        busName,
        enabled: input.State !== 'DISABLED',
        targets: buses.findRule(busName, name)?.targets ?? new Map(),
        ...(pattern !== undefined && { pattern: patternOf(pattern) }),
        ...(scheduleExpression !== undefined && { scheduleExpression }),
        ...(description !== undefined && { description }),
        ...(roleArn !== undefined && { roleArn }),
      };
      rules.put(rule);
      return { RuleArn: rule.arn };
    },
    DescribeRule: (input) => describeRule(named(input, 'Name')),
    ListRules: (input) => {
      const prefix = textOf(input.NamePrefix) ?? '';
      const found = buses.rulesOf(busNameIn(input)).filter(({ name }) => name.startsWith(prefix));
      return { Rules: found.map(describeRule) };
    },
    EnableRule: (input) => setEnabled(input, true),
    DisableRule: (input) => setEnabled(input, false),
    DeleteRule: (input) => {
      rules.remove(busNameOf(textOf(input.EventBusName)), requiredText(input, 'Name'));
      return {};
    },
    PutTargets: (input) => {
      rules.putTargets(named(input, 'Rule'), targetsOf(input.Targets).values());
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    RemoveTargets: (input) => {
      rules.removeTargets(named(input, 'Rule'), textsOf(input.Ids));
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
    ListTargetsByRule: (input) => ({ Targets: [...named(input, 'Rule').targets.values()].map(({ given }) => given) }),
    TestEventPattern: testEventPattern,
  };
};
