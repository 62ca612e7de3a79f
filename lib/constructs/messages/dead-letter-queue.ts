import { Duration, Tags } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { HOLDS_SECRETS, queueName } from '../../config/names.ts';
import type { Owner } from '../owner.ts';
import { RunbookAlarm, type RunbookPage } from '../runbook-alarm.ts';

export interface DeadLetterQueueProps {
  readonly owner: Owner;
  /** What could not be delivered or handled; the queue is called `<prefix>-<service>-<what>`. */
  readonly what: string;
  readonly meaning: string;
  readonly page: RunbookPage;
  /** For how long, when the messages hold a secret. */
  readonly secretsLast?: Duration | undefined;
}

/** Where failed work waits 14 days, the longest SQS keeps anything, unless said; its alarm notifies the operators. */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { owner, what, meaning, page, secretsLast }: DeadLetterQueueProps) {
    super(scope, id);
    const name = queueName(owner.stage.prefix, owner.service, what);
    this.queue = new Queue(this, 'Queue', {
      queueName: name,
      retentionPeriod: secretsLast ?? Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      removalPolicy: owner.stage.data.removalPolicy,
    });
    if (secretsLast) Tags.of(this.queue).add(...HOLDS_SECRETS);
    new RunbookAlarm(this, 'Alarm', {
      owner,
      subject: what,
      meaning,
      page,
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensions: [{ name: 'QueueName', value: name }],
      statistic: 'Maximum',
      periodSeconds: 60,
      threshold: 1,
    });
  }
}
