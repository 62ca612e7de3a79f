import {
  at,
  finding,
  type Json,
  listOf,
  ofType,
  type Resource,
  type Rule,
  referredIn,
  type Template,
} from './template.ts';

const MIN_RECEIVES = 5;
const MAX_RETENTION_SECONDS = 1_209_600;

const deadLettersOf = ({ properties }: Resource): string | undefined =>
  referredIn(at(properties, 'RedrivePolicy.deadLetterTargetArn'))[0];

/** Queues that take what failed: of redrive policies, rule targets, mappings and asynchronous invocations. */
const deadLetterQueues = (template: Template): ReadonlySet<string> => {
  const targets = ofType(template, 'AWS::Events::Rule').flatMap(({ properties }) =>
    listOf(properties.Targets).map((target) => at(target, 'DeadLetterConfig.Arn')),
  );
  const destinations = ['AWS::Lambda::EventSourceMapping', 'AWS::Lambda::EventInvokeConfig'].flatMap((type) =>
    ofType(template, type).map(({ properties }) => at(properties, 'DestinationConfig.OnFailure.Destination')),
  );
  const redriven = ofType(template, 'AWS::SQS::Queue').map(deadLettersOf);
  return new Set([...redriven, ...[...targets, ...destinations].flatMap(referredIn)].filter((id) => id !== undefined));
};

const alarmedQueues = (template: Template): ReadonlySet<Json> =>
  new Set(
    ofType(template, 'AWS::CloudWatch::Alarm')
      .filter(({ properties }) => properties.MetricName === 'ApproximateNumberOfMessagesVisible')
      .flatMap(({ properties }) => listOf(properties.Dimensions))
      .map((dimension) => at(dimension, 'Value') ?? ''),
  );

const problemsOf = (queue: Resource, isDeadLetters: boolean, alarmed: ReadonlySet<Json>): readonly string[] => {
  const { properties } = queue;
  if (!isDeadLetters) {
    const receives = Number(at(properties, 'RedrivePolicy.maxReceiveCount') ?? 0);
    return receives >= MIN_RECEIVES ? [] : [`gives a message up after ${receives} receives, ${MIN_RECEIVES} at least`];
  }
  return [
    ...(alarmed.has(properties.QueueName ?? '') ? [] : ['takes what failed, but no alarm watches it']),
    ...(properties.MessageRetentionPeriod === MAX_RETENTION_SECONDS ? [] : ['does not keep failures for 14 days']),
  ];
};

/** Every queue has a queue for what fails, which keeps it as long as SQS can and calls somebody. */
export const queuesEndInAnAlarm: Rule = (template) => {
  const deadLetters = deadLetterQueues(template);
  const alarmed = alarmedQueues(template);
  return ofType(template, 'AWS::SQS::Queue').flatMap((queue) =>
    problemsOf(queue, deadLetters.has(queue.logicalId), alarmed).map((problem) => finding(template, queue, problem)),
  );
};
