import { Stack } from 'aws-cdk-lib';
import { CfnAlarm, type CfnAlarmProps } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { alarmTopicName } from '../config/names.ts';
import type { Owner } from './owner.ts';

/** The pages of `docs/runbook/`. */
export type RunbookPage =
  | 'dead-letters'
  | 'event-target-dead-letters'
  | 'evictions-suspended'
  | 'function-duration'
  | 'function-errors'
  | 'function-throttles'
  | 'history-rewritten'
  | 'message-age'
  | 'messages-parked'
  | 'new-version-errors'
  | 'open-orders'
  | 'stream-lag'
  | 'stream-record-lost'
  | 'task-behind'
  | 'task-errors'
  | 'view-differs';

export interface RunbookAlarmProps
  extends Required<Pick<CfnAlarmProps, 'namespace' | 'metricName' | 'dimensions' | 'threshold'>> {
  readonly owner: Owner;
  /** What it watches; the alarm is called `<prefix>-<service>-<subject>`. */
  readonly subject: string;
  /** A sentence that says what has happened when it fires. */
  readonly meaning: string;
  readonly page: RunbookPage;
  /** `Sum`, `Maximum`, or a percentile such as `p99`. */
  readonly statistic: string;
  readonly periodSeconds: number;
  readonly evaluationPeriods?: number;
  /** What no reading means; `notBreaching` when it is not said. */
  readonly missingData?: 'breaching' | 'notBreaching';
}

/** An alarm that says what it means, links its runbook page and notifies the stage's alarm topic. */
export class RunbookAlarm extends Construct {
  readonly alarmName: string;

  constructor(scope: Construct, id: string, props: RunbookAlarmProps) {
    super(scope, id);
    const { prefix } = props.owner.stage;
    this.alarmName = `${prefix}-${props.owner.service}-${props.subject}`;
    const percentile = props.statistic.startsWith('p');
    const topic = Stack.of(this).formatArn({ service: 'sns', resource: alarmTopicName(prefix) });
    new CfnAlarm(this, 'Resource', {
      alarmName: this.alarmName,
      alarmDescription: `${props.meaning} Runbook: docs/runbook/${props.page}.md`,
      namespace: props.namespace,
      metricName: props.metricName,
      dimensions: props.dimensions,
      ...(percentile ? { extendedStatistic: props.statistic } : { statistic: props.statistic }),
      period: props.periodSeconds,
      evaluationPeriods: props.evaluationPeriods ?? 1,
      threshold: props.threshold,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: props.missingData ?? 'notBreaching',
      alarmActions: [topic],
    });
  }
}
