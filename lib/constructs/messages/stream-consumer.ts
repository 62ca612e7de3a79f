import { Duration } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventSourceMapping, FilterCriteria, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ServiceFunction } from '../functions/service-function.ts';
import type { Owner } from '../owner.ts';
import { RunbookAlarm } from '../runbook-alarm.ts';
import { DeadLetterQueue } from './dead-letter-queue.ts';

export interface StreamConsumerProps {
  readonly owner: Owner;
  readonly table: Table;
  readonly consumer: ServiceFunction;
  /** The patterns of the records it is invoked for: a record must match one. */
  readonly filters: readonly Readonly<Record<string, unknown>>[];
  /** How long records are gathered into one batch; default not at all. */
  readonly gatherSeconds?: number;
}

/** Short of the 24 h that a stream keeps records, so that a record leaves by the failure queue and not unseen. */
const MAX_RECORD_AGE = Duration.hours(12);

/**
 * Bad records never fail here: a relay parks them, a projection cannot meet one. What fails is the table itself, so that
 * age ends the retries and not their number: some seven hours at a backoff of up to 30 s.
 */
const RETRIES = 1_000;

/** Changes of a table, in order by partition key, to one function; a record that always fails steps aside. */
export class StreamConsumer extends Construct {
  constructor(scope: Construct, id: string, { owner, table, consumer, filters, gatherSeconds }: StreamConsumerProps) {
    super(scope, id);
    const { stage } = owner;
    const streamArn = table.tableStreamArn;
    if (streamArn === undefined) throw new Error(`${table.node.path} has no stream for ${consumer.functionName}`);
    const lost = new DeadLetterQueue(this, 'Lost', {
      owner,
      what: `${consumer.name}-lost-records`,
      meaning: `${consumer.functionName} failed ${RETRIES} times to handle a record of its stream and went on without it.`,
      page: 'stream-record-lost',
    });
    consumer.allow(
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      [streamArn],
    );
    consumer.allow(['sqs:SendMessage'], [lost.queue.queueArn]);
    const source = new EventSourceMapping(this, 'Source', {
      target: consumer.alias,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      ...(gatherSeconds !== undefined && { maxBatchingWindow: Duration.seconds(gatherSeconds) }),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: RETRIES,
      maxRecordAge: MAX_RECORD_AGE,
      parallelizationFactor: stage.consumers.streamParallelization,
      filters: filters.map((pattern) => FilterCriteria.filter({ ...pattern })),
      onFailure: { bind: () => ({ destination: lost.queue.queueArn }) },
    });
    source.node.addDependency(consumer.role);
    new RunbookAlarm(this, 'LagAlarm', {
      owner,
      subject: `${consumer.name}-stream-lag`,
      meaning: `${consumer.functionName} is behind its stream by ${stage.alarms.iteratorAgeSeconds} s and more.`,
      page: 'stream-lag',
      namespace: 'AWS/Lambda',
      metricName: 'IteratorAge',
      dimensions: [{ name: 'FunctionName', value: consumer.functionName }],
      statistic: 'Maximum',
      periodSeconds: 60,
      evaluationPeriods: 3,
      threshold: stage.alarms.iteratorAgeSeconds * 1000,
    });
  }
}
