import type { houseRules, TemplateFile } from '@archipelago/house-rules';
import { arn, eventSettings, invoked, permission, policy, queue, queueAlarm, queueMapping, rule } from './pieces.ts';

/** The rule that must find it, what it says, and the template with the fault. */
export type Fault = readonly [rule: keyof typeof houseRules, problem: string, resources: TemplateFile['Resources']];

/** Faults of rules of a bus, and of queues for what failed. */
export const DELIVERY_FAULTS: readonly Fault[] = [
  ['ruleTargetsLoseNothing', 'without a dead-letter queue', { Rule: rule({ Arn: arn('Queue') }) }],
  ['ruleTargetsLoseNothing', 'without a retry policy', { Rule: rule({ DeadLetterConfig: { Arn: arn('Queue') } }) }],
  ['invokedFunctionsLoseNothing', 'may not invoke its function', { ...invoked, Permission: permission({}) }],
  [
    'invokedFunctionsLoseNothing',
    'loses what its function fails on',
    { ...invoked, Settings: eventSettings({ Qualifier: 'old' }) },
  ],
  [
    'invokedFunctionsLoseNothing',
    'loses what its function fails on',
    { ...invoked, Settings: eventSettings({ DestinationConfig: {} }) },
  ],
  ['invokedFunctionsLoseNothing', 'leaves to AWS how often', { ...invoked, Settings: eventSettings({}) }],
  ['invokedFunctionsLoseNothing', 'may not pass on', { ...invoked, Policy: policy({}) }],
  ['busesAreArchived', 'has no archive', { Bus: { Type: 'AWS::Events::EventBus' } }],
  ['queuesEndInAnAlarm', 'after 0 receives', { Queue: queue() }],
  [
    'queuesEndInAnAlarm',
    'after 99 receives, 100 at least',
    { Queue: queue({ RedrivePolicy: { maxReceiveCount: 99, deadLetterTargetArn: arn('Dead') } }) },
  ],
  ...[{}, { Alarm: queueAlarm('dead', { Threshold: 1000 }) }, { Alarm: queueAlarm('living') }].map(
    (alarms): Fault => [
      'queuesEndInAnAlarm',
      'no alarm fires at its first message',
      {
        Queue: queue({ RedrivePolicy: { maxReceiveCount: 100, deadLetterTargetArn: arn('Dead') } }),
        Dead: queue({ QueueName: 'dead', MessageRetentionPeriod: 1_209_600 }),
        ...alarms,
      },
    ],
  ),
  [
    'queuesEndInAnAlarm',
    'keeps secrets for more than two days',
    {
      Rule: rule({ DeadLetterConfig: { Arn: arn('Dead') } }),
      Dead: queue({
        QueueName: 'dead',
        MessageRetentionPeriod: 172_801,
        Tags: [{ Key: 'holds', Value: 'secrets' }],
      }),
      Alarm: queueAlarm('dead'),
    },
  ],
  [
    'queuesEndInAnAlarm',
    'for 14 days',
    {
      Rule: rule({ DeadLetterConfig: { Arn: arn('Dead') } }),
      Dead: queue({ QueueName: 'dead' }),
      Alarm: queueAlarm('dead'),
    },
  ],
  [
    'queuesEndInAnAlarm',
    'after 0 receives',
    { M: queueMapping({}), Settings: eventSettings({}), Queue: queue({ QueueName: 'work' }) },
  ],
];
