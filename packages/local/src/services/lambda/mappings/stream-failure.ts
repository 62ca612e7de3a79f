import type { StreamRecord } from '../../../core/ports.ts';
import type { CompletedInvocation } from '../invocation/invoker.ts';

export type StreamCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

export interface DiscardedBatch {
  readonly atMs: number;
  readonly streamArn: string;
  readonly functionArn: string;
  readonly requestId: string;
  readonly condition: StreamCondition;
  readonly invokeCount: number;
  readonly records: readonly StreamRecord[];
  readonly answer: CompletedInvocation | undefined;
}

/** Locally a stream has one shard. */
const SHARD_ID = 'shardId-00000000000000000000-00000000';

/** https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html: positions only, the records stay in the stream. */
export const discardedBatchRecord = (batch: DiscardedBatch): string => {
  const [first] = batch.records;
  const last = batch.records.at(-1);
  return JSON.stringify({
    requestContext: {
      requestId: batch.requestId,
      functionArn: batch.functionArn,
      condition: batch.condition,
      approximateInvokeCount: batch.invokeCount,
    },
    responseContext: {
      statusCode: 200,
      executedVersion: batch.answer?.executedVersion ?? '$LATEST',
      ...(batch.answer?.functionError ? { functionError: batch.answer.functionError } : {}),
    },
    version: '1.0',
    timestamp: new Date(batch.atMs).toISOString(),
    DDBStreamBatchInfo: {
      shardId: SHARD_ID,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: new Date(first?.approximateCreationMs ?? 0).toISOString(),
      approximateArrivalOfLastRecord: new Date(last?.approximateCreationMs ?? 0).toISOString(),
      batchSize: batch.records.length,
      streamArn: batch.streamArn,
    },
  });
};
