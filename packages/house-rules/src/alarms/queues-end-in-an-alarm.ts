import { holdsSecrets, SECRETS_LAST } from '../holds-secrets.ts';
import { at, finding, listOf, ofType, type Resource, type Rule, referredIn, type Template } from '../template.ts';
import { alarmsOf } from './alarms-of.ts';

/** A dependency may be away for a day: a message comes back every quarter of an hour. */
const MIN_RECEIVES = 100;
const MAX_RETENTION_SECONDS = 1_209_600;

const deadLettersOf = ({ properties }: Resource): string | undefined =>
  referredIn(at(properties, 'RedrivePolicy.deadLetterTargetArn'))[0];

/** Queues that a function takes what failed from, to try again: they are no end, and have dead letters themselves. */
const triedAgain = (template: Template): ReadonlySet<string> =>
  new Set(
    ofType(template, 'AWS::Lambda::EventSourceMapping').flatMap(({ properties }) =>
      referredIn(properties.EventSourceArn),
    ),
  );

/** Queues that take what failed: of redrive policies, rule targets, mappings and asynchronous invocations. */
const deadLetterQueues = (template: Template): ReadonlySet<string> => {
  const targets = ofType(template, 'AWS::Events::Rule').flatMap(({ properties }) =>
    listOf(properties.Targets).map((target) => at(target, 'DeadLetterConfig.Arn')),
  );
  const destinations = ['AWS::Lambda::EventSourceMapping', 'AWS::Lambda::EventInvokeConfig'].flatMap((type) =>
    ofType(template, type).map(({ properties }) => at(properties, 'DestinationConfig.OnFailure.Destination')),
  );
  const redriven = ofType(template, 'AWS::SQS::Queue').map(deadLettersOf);
  const retries = triedAgain(template);
  const failures = [...targets, ...destinations].flatMap(referredIn).filter((id) => !retries.has(id));
  return new Set([...redriven, ...failures].filter((id) => id !== undefined));
};

/** A queue that is empty while all is well: its first message is a reason to call somebody. */
const firesAtOne = ({ properties: { ComparisonOperator: comparison, Threshold: threshold } }: Resource): boolean =>
  (comparison === 'GreaterThanOrEqualToThreshold' && threshold === 1) ||
  (comparison === 'GreaterThanThreshold' && threshold === 0);

const isAlarmed = (template: Template, { properties }: Resource): boolean =>
  alarmsOf(template, 'ApproximateNumberOfMessagesVisible', 'QueueName', properties.QueueName).some(firesAtOne);

const problemsOfRetention = (queue: Resource): readonly string[] => {
  const kept = Number(queue.properties.MessageRetentionPeriod ?? 0);
  if (holdsSecrets(queue)) return kept <= SECRETS_LAST ? [] : ['keeps secrets for more than two days'];
  return kept === MAX_RETENTION_SECONDS ? [] : ['does not keep failures for 14 days'];
};

const problemsOf = (template: Template, queue: Resource, isDeadLetters: boolean): readonly string[] => {
  const { properties } = queue;
  if (!isDeadLetters) {
    const receives = Number(at(properties, 'RedrivePolicy.maxReceiveCount') ?? 0);
    return receives >= MIN_RECEIVES ? [] : [`gives a message up after ${receives} receives, ${MIN_RECEIVES} at least`];
  }
  return [
    ...(isAlarmed(template, queue) ? [] : ['takes what failed, but no alarm fires at its first message']),
    ...problemsOfRetention(queue),
  ];
};

/** Every queue has a queue for what fails, which keeps it as long as SQS can and calls somebody; secrets do not last so long. */
export const queuesEndInAnAlarm: Rule = (template) => {
  const deadLetters = deadLetterQueues(template);
  return ofType(template, 'AWS::SQS::Queue').flatMap((queue) =>
    problemsOf(template, queue, deadLetters.has(queue.logicalId)).map((problem) => finding(template, queue, problem)),
  );
};
