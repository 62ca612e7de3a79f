import type { StreamRecord } from '../../../core/ports.ts';
import type { CompletedInvocation } from '../invocation/invoker.ts';
import { readBatchAnswer } from './batch-answer.ts';

/** Records that are retried together. */
export interface Batch {
  readonly records: readonly StreamRecord[];
  readonly invokeCount: number;
  readonly throttles: number;
  readonly lastAnswer: CompletedInvocation | undefined;
}

export const batchOf = (records: readonly StreamRecord[]): Batch => ({
  records,
  invokeCount: 0,
  throttles: 0,
  lastAnswer: undefined,
});

/** Two new batches: each has its retries again. */
export const halvesOf = ({ records }: Batch): readonly Batch[] => {
  const middle = Math.ceil(records.length / 2);
  return [batchOf(records.slice(0, middle)), batchOf(records.slice(middle))];
};

/** The records that are older than that, and those that are not. */
export const byAge = (records: readonly StreamRecord[], oldestMs: number) => ({
  expired: records.filter(({ approximateCreationMs }) => approximateCreationMs < oldestMs),
  fresh: records.filter(({ approximateCreationMs }) => approximateCreationMs >= oldestMs),
});

/** The index of the first record that failed; the length when none did. */
export const firstFailure = ({ records }: Batch, answer: CompletedInvocation, reportsFailures: boolean): number => {
  if (answer.functionError) return 0;
  if (!reportsFailures) return records.length;
  const failed = readBatchAnswer(answer.payload, new Set(records.map(({ sequenceNumber }) => sequenceNumber)));
  if (failed === 'all') return 0;
  const index = records.findIndex(({ sequenceNumber }) => failed.has(sequenceNumber));
  return index < 0 ? records.length : index;
};
