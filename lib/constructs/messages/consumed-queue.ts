import { Duration, Tags } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { HOLDS_SECRETS, queueName } from '../../config/names.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { Owner } from '../owner.ts';
import { RunbookAlarm } from '../runbook-alarm.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

export interface ConsumedQueueProps {
  readonly owner: Owner;
  /** The queue is called `<prefix>-<service>-<what>`. */
  readonly what: string;
  readonly consumer: ServiceFunction;
  /**
   * How long messages that hold a secret may lie in the queue and among its dead letters; all others lie 14 days, the most
   * there is.
   */
  readonly secretsLast?: Duration | undefined;
}

/**
 * The most that SQS takes. A message that cannot be handled comes back every 11 to 15 minutes in the end, for nine days;
 * then it is a dead letter for what is left of 14 days, since those are counted from when it was sent.
 */
const MAX_RECEIVE_COUNT = 1_000;

/** AWS asks for six times the timeout, or a throttled batch becomes visible while it is still being handled. */
const VISIBILITY_PER_TIMEOUT = 6;

/** A queue, the one function that consumes it in partial batches, and where a message goes that always fails. */
export class ConsumedQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { owner, what, consumer, secretsLast }: ConsumedQueueProps) {
    super(scope, id);
    const { stage, service } = owner;
    const deadLetters = new DeadLetterQueue(this, 'DeadLetters', {
      owner,
      what: `${what}-dead-letters`,
      meaning: `${consumer.functionName} could not read a message, or failed ${MAX_RECEIVE_COUNT} times to handle one.`,
      page: 'dead-letters',
      secretsLast,
    });
    const name = queueName(stage.prefix, service, what);
    this.queue = new Queue(this, 'Queue', {
      queueName: name,
      visibilityTimeout: Duration.seconds(consumer.timeoutSeconds * VISIBILITY_PER_TIMEOUT),
      retentionPeriod: secretsLast ?? Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: { queue: deadLetters.queue, maxReceiveCount: MAX_RECEIVE_COUNT },
      removalPolicy: stage.data.removalPolicy,
    });
    if (secretsLast) Tags.of(this.queue).add(...HOLDS_SECRETS);
    consumer.allow(
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
      [this.queue.queueArn],
    );
    consumer.allow(['sqs:SendMessage'], [deadLetters.queue.queueArn]);
    new RunbookAlarm(this, 'AgeAlarm', {
      owner,
      subject: `${what}-age`,
      meaning: `${consumer.functionName} has failed for an hour to handle a message.`,
      page: 'message-age',
      namespace: 'AWS/SQS',
      metricName: 'ApproximateAgeOfOldestMessage',
      dimensions: [{ name: 'QueueName', value: name }],
      statistic: 'Maximum',
      periodSeconds: 300,
      threshold: 3_600,
    });
    const source = new EventSourceMapping(this, 'Source', {
      target: consumer.alias,
      eventSourceArn: this.queue.queueArn,
      batchSize: 10,
      reportBatchItemFailures: true,
      maxConcurrency: stage.consumers.maxConcurrency,
    });
    source.node.addDependency(consumer.role);
  }
}
