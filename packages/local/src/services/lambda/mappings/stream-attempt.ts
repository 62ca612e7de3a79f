import type { StreamRecord } from '../../../core/ports.ts';
import { messageOf } from '../../../core/thrown.ts';
import type { World } from '../../../core/world.ts';
import { counted, type FailedAttempt, recordFailure } from '../../../delivery/record-failure.ts';
import { deliverRecord } from '../invocation/deliver-record.ts';
import type { CompletedInvocation, Invoker } from '../invocation/invoker.ts';
import { roleOf } from '../state/acts.ts';
import { parseFunctionAddress } from '../state/function-address.ts';
import type { ResolvedFunction } from '../state/function-directory.ts';
import type { MappingConfig } from './mapping-config.ts';
import { type Batch, batchOf, byAge, firstFailure, halvesOf } from './stream-batch.ts';
import { discardedBatchRecord, type StreamCondition } from './stream-failure.ts';

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 30_000;

/** What an attempt leaves to do. */
export type Verdict =
  /** Nothing: every record is handled or given up. */
  | { readonly kind: 'finished' }
  /** These batches, the first one after a pause. */
  | { readonly kind: 'again'; readonly batches: readonly Batch[]; readonly afterMs: number };

export interface StreamAttempts {
  readonly tableName: string;
  attempt(batch: Batch): Promise<Verdict>;
  /** Records given up so far. */
  discarded(): number;
}

const FINISHED: Verdict = { kind: 'finished' };

/** Hands a batch of a stream over, and decides what becomes of it when it fails. */
export const createStreamAttempts = (
  world: World,
  invoker: Invoker,
  config: MappingConfig,
  resolve: () => ResolvedFunction,
): StreamAttempts => {
  const tableName = /table\/([^/]+)/.exec(config.sourceArn)?.[1] ?? config.sourceArn;
  const note = noteOf(world, config, tableName);
  let discarded = 0;

  const discard = async (batch: Batch, records: readonly StreamRecord[], condition: StreamCondition) => {
    discarded += records.length;
    const error = condition === 'RecordAgeExceeded' ? { error: 'too old' } : {};
    note(batch, records.length, { outcome: config.onFailureArn ? 'dead-lettered' : 'dropped', ...error });
    if (!config.onFailureArn) return;
    const { fn, invokedArn } = resolve();
    const payload = discardedBatchRecord({
      atMs: world.clock.now(),
      streamArn: config.sourceArn,
      functionArn: invokedArn,
      requestId: batch.lastAnswer?.requestId ?? world.random.uuid(),
      condition,
      invokeCount: batch.invokeCount,
      records,
      answer: batch.lastAnswer,
    });
    await deliverRecord(world, config.onFailureArn, { payload, source: `stream ${tableName}`, by: roleOf(fn) });
  };

  const retry = (batch: Batch, failures: number, why: Pick<FailedAttempt, 'error'> = {}): Verdict => {
    const afterMs = Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS);
    note(batch, batch.records.length, { outcome: 'failed', nextAttemptAtMs: world.clock.now() + afterMs, ...why });
    return { kind: 'again', batches: [batch], afterMs };
  };

  const afterFailure = async (batch: Batch, failedAt: number): Promise<Verdict> => {
    const { records, invokeCount } = batch;
    if (failedAt > 0) return retry({ ...batch, records: records.slice(failedAt) }, invokeCount);
    if (config.bisects && records.length > 1) {
      const nextAttemptAtMs = world.clock.now();
      note(batch, records.length, { outcome: 'failed', nextAttemptAtMs, error: 'tried again in two halves' });
      return { kind: 'again', batches: halvesOf(batch), afterMs: 0 };
    }
    if (config.maxRetries < 0 || invokeCount <= config.maxRetries) return retry(batch, invokeCount);
    await discard(batch, records, 'RetryAttemptsExhausted');
    return FINISHED;
  };

  const attempt = async (candidate: Batch): Promise<Verdict> => {
    const { expired, fresh } = byAge(candidate.records, world.clock.now() - config.maxRecordAgeMs);
    if (expired.length > 0) await discard(candidate, expired, 'RecordAgeExceeded');
    if (fresh.length === 0) return FINISHED;
    const batch = { ...candidate, records: fresh };
    const answer = await invoke(invoker, config, batch, tableName).catch((error: unknown) => ({ error }));
    // Throttling does not count against the retries: only age ends it.
    if ('error' in answer) {
      const throttles = batch.throttles + 1;
      return retry({ ...batch, throttles }, throttles, { error: messageOf(answer.error) });
    }
    const tried = { ...batch, invokeCount: batch.invokeCount + 1, lastAnswer: answer };
    const failedAt = firstFailure(tried, answer, config.reportsFailures);
    if (failedAt < tried.records.length) return afterFailure(tried, failedAt);
    // As when Lambda loses its place in the stream.
    return world.gate.repeats('stream') ? { kind: 'again', batches: [batchOf(tried.records)], afterMs: 0 } : FINISHED;
  };

  return { tableName, attempt, discarded: () => discarded };
};

const invoke = (
  invoker: Invoker,
  { functionName }: MappingConfig,
  { records }: Batch,
  tableName: string,
): Promise<CompletedInvocation> =>
  invoker.invoke({
    functionName,
    payload: JSON.stringify({ Records: records.map(({ record }) => record) }),
    source: `stream ${tableName}`,
  });

/** Records what becomes of records that were not handled. */
const noteOf =
  (world: World, config: MappingConfig, tableName: string) =>
  (batch: Batch, count: number, fate: Partial<FailedAttempt> & Pick<FailedAttempt, 'outcome'>): void =>
    recordFailure(world, {
      source: `stream of ${tableName}`,
      target: parseFunctionAddress(config.functionName).name,
      what: counted(count, 'record'),
      attempt: Math.max(1, batch.invokeCount),
      ...(config.maxRetries >= 0 && { attempts: config.maxRetries + 1 }),
      ...(config.onFailureArn !== undefined && { deadLetters: config.onFailureArn }),
      ...(batch.lastAnswer && { invocationId: batch.lastAnswer.requestId }),
      ...fate,
    });
