import { roleMay } from '../access/role-may.ts';
import { holdsSecrets, SECRETS_LAST } from '../holds-secrets.ts';
import { at, byId, finding, ofType, type Resource, type Rule, referredIn, type Template } from '../template.ts';
import { functionBehind } from './mappings.ts';

const MAX_RETENTION_SECONDS = 1_209_600;

const problemsOfRetention = (queue: Resource): readonly string[] => {
  const kept = Number(queue.properties.MessageRetentionPeriod ?? 0);
  if (holdsSecrets(queue)) return kept <= SECRETS_LAST ? [] : ['keeps secrets for more than two days'];
  return kept === MAX_RETENTION_SECONDS ? [] : ['loses a message that waits for a dependency for less than 14 days'];
};

const problemsOf = (template: Template, mapping: Resource, queue: Resource): readonly string[] => {
  const fn = functionBehind(template, mapping.properties.FunctionName);
  const [deadLetters] = referredIn(at(queue.properties, 'RedrivePolicy.deadLetterTargetArn'));
  return [
    ...(roleMay(template, fn, 'sqs:ChangeMessageVisibility', queue.logicalId)
      ? []
      : ['cannot say when a failed message comes back, so a process may give up before it does']),
    ...(roleMay(template, fn, 'sqs:SendMessage', deadLetters) ? [] : ['cannot put a malformed message aside']),
    ...problemsOfRetention(queue),
  ];
};

/** A message that failed comes back soon at first and later each time; one that is malformed does not come back. */
export const consumersSpaceTheirRetries: Rule = (template) =>
  ofType(template, 'AWS::Lambda::EventSourceMapping').flatMap((mapping) => {
    const queue = byId(template, referredIn(mapping.properties.EventSourceArn)[0]);
    if (queue?.type !== 'AWS::SQS::Queue') return [];
    return problemsOf(template, mapping, queue).map((problem) => finding(template, mapping, problem));
  });
