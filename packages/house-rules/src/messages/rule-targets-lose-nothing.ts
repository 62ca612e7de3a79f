import { at, finding, listOf, ofType, type Rule } from '../template.ts';

/** What the bus cannot deliver waits in a queue, after tries that somebody chose. */
export const ruleTargetsLoseNothing: Rule = (template) =>
  ofType(template, 'AWS::Events::Rule').flatMap((rule) =>
    listOf(rule.properties.Targets).flatMap((target) => [
      ...(at(target, 'DeadLetterConfig.Arn') === undefined
        ? [finding(template, rule, 'has a target without a dead-letter queue')]
        : []),
      ...(at(target, 'RetryPolicy.MaximumRetryAttempts') === undefined ||
      at(target, 'RetryPolicy.MaximumEventAgeInSeconds') === undefined
        ? [finding(template, rule, 'has a target without a retry policy')]
        : []),
    ]),
  );
