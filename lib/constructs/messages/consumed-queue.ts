import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { queueName } from '../../config/names.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { Owner } from '../owner.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

export interface ConsumedQueueProps {
  readonly owner: Owner;
  /** The queue is called `<prefix>-<service>-<what>`. */
  readonly what: string;
  readonly consumer: ServiceFunction;
}

/** Five tries ride out a dependency's short failure; a message that fails them all is poison. */
const MAX_RECEIVE_COUNT = 5;

/** AWS asks for six times the timeout, or a throttled batch becomes visible while it is still being handled. */
const VISIBILITY_PER_TIMEOUT = 6;

/** A queue, the one function that consumes it in partial batches, and where a message goes that always fails. */
export class ConsumedQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { owner, what, consumer }: ConsumedQueueProps) {
    super(scope, id);
    const { stage, service } = owner;
    const deadLetters = new DeadLetterQueue(this, 'DeadLetters', {
      owner,
      what: `${what}-dead-letters`,
      meaning: `${consumer.functionName} failed ${MAX_RECEIVE_COUNT} times to handle a message.`,
      page: 'dead-letters',
    });
    this.queue = new Queue(this, 'Queue', {
      queueName: queueName(stage.prefix, service, what),
      visibilityTimeout: Duration.seconds(consumer.timeoutSeconds * VISIBILITY_PER_TIMEOUT),
      retentionPeriod: Duration.days(4),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: { queue: deadLetters.queue, maxReceiveCount: MAX_RECEIVE_COUNT },
      removalPolicy: stage.data.removalPolicy,
    });
    consumer.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], [this.queue.queueArn]);
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
