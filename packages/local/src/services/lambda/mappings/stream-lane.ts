import type { StreamRecord } from '../../../core/ports.ts';
import { messageOf } from '../../../core/thrown.ts';
import type { World } from '../../../core/world.ts';
import { counted, type FailedAttempt, recordFailure } from '../../../delivery/record-failure.ts';
import { deliverRecord } from '../invocation/deliver-record.ts';
import type { CompletedInvocation, Invoker } from '../invocation/invoker.ts';
import { parseFunctionAddress } from '../state/function-address.ts';
import { readBatchAnswer } from './batch-answer.ts';
import type { MappingConfig } from './mapping-config.ts';
import { discardedBatchRecord, type StreamCondition } from './stream-failure.ts';

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 30_000;

/** Records that are retried together. */
interface Batch {
  readonly records: readonly StreamRecord[];
  invokeCount: number;
  throttles: number;
  lastAnswer: CompletedInvocation | undefined;
}

/** Hands records over strictly in order: nothing goes past a batch that has neither succeeded nor reached its limits. */
export interface StreamLane {
  push(record: StreamRecord): void;
  /** Begins work if there is enough for a batch, or if `windowOver`. */
  pump(windowOver?: boolean): void;
  waiting(): number;
  /** Everything it was given is handled, or given up. */
  isIdle(): boolean;
  inspect(): { readonly waiting: number; readonly retrying: number; readonly discarded: number };
}

const batchOf = (records: readonly StreamRecord[]): Batch => ({
  records,
  invokeCount: 0,
  throttles: 0,
  lastAnswer: undefined,
});

export const createStreamLane = (
  world: World,
  invoker: Invoker,
  config: MappingConfig,
  functionArn: () => string,
  onProgress: () => void,
): StreamLane => {
  const fresh: StreamRecord[] = [];
  /** What is left of the batch in hand, first to do first. */
  const inHand: Batch[] = [];
  const tableName = /table\/([^/]+)/.exec(config.sourceArn)?.[1] ?? config.sourceArn;
  let busy = false;
  let discarded = 0;
  let windowIsOpen = false;

  /** Records what becomes of records that were not handled. */
  const note = (batch: Batch, count: number, fate: Partial<FailedAttempt> & Pick<FailedAttempt, 'outcome'>) =>
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

  const discard = async (batch: Batch, records: readonly StreamRecord[], condition: StreamCondition) => {
    discarded += records.length;
    const error = condition === 'RecordAgeExceeded' ? { error: 'too old' } : {};
    note(batch, records.length, { outcome: config.onFailureArn ? 'dead-lettered' : 'dropped', ...error });
    if (!config.onFailureArn) return;
    const payload = discardedBatchRecord({
      atMs: world.clock.now(),
      streamArn: config.sourceArn,
      functionArn: functionArn(),
      requestId: batch.lastAnswer?.requestId ?? world.random.uuid(),
      condition,
      invokeCount: batch.invokeCount,
      records,
      answer: batch.lastAnswer,
    });
    await deliverRecord(world, config.onFailureArn, { payload, source: `stream ${tableName}` });
  };

  /** Takes the records that grew too old out of the batch in hand. */
  const discardExpired = async (batch: Batch): Promise<Batch | undefined> => {
    const oldest = world.clock.now() - config.maxRecordAgeMs;
    const expired = batch.records.filter(({ approximateCreationMs }) => approximateCreationMs < oldest);
    if (expired.length === 0) return batch;
    await discard(batch, expired, 'RecordAgeExceeded');
    const records = batch.records.filter(({ approximateCreationMs }) => approximateCreationMs >= oldest);
    return records.length === 0 ? undefined : { ...batch, records };
  };

  /** The index of the first record that failed; the length when none did. */
  const firstFailure = ({ records }: Batch, answer: CompletedInvocation): number => {
    if (answer.functionError) return 0;
    if (!config.reportsFailures) return records.length;
    const failed = readBatchAnswer(answer.payload, new Set(records.map(({ sequenceNumber }) => sequenceNumber)));
    if (failed === 'all') return 0;
    const index = records.findIndex(({ sequenceNumber }) => failed.has(sequenceNumber));
    return index < 0 ? records.length : index;
  };

  const backOff = (batch: Batch, failures: number, why: Pick<FailedAttempt, 'error'> = {}) =>
    new Promise<void>((resolve) => {
      const delayMs = Math.min(FIRST_RETRY_MS * 2 ** (failures - 1), LONGEST_RETRY_MS);
      const dueAtMs = world.clock.now() + delayMs;
      note(batch, batch.records.length, { outcome: 'failed', nextAttemptAtMs: dueAtMs, ...why });
      world.agenda.schedule({ dueAtMs, kind: 'owed', what: 'retry batch', forWhom: tableName }, resolve);
    });

  const onFailure = async (batch: Batch, failedAt: number) => {
    const rest = { ...batch, records: batch.records.slice(failedAt) };
    if (failedAt > 0) {
      inHand.unshift(rest);
    } else if (config.bisects && batch.records.length > 1) {
      const middle = Math.ceil(batch.records.length / 2);
      inHand.unshift(batchOf(batch.records.slice(0, middle)), batchOf(batch.records.slice(middle)));
      note(batch, batch.records.length, {
        outcome: 'failed',
        nextAttemptAtMs: world.clock.now(),
        error: 'tried again in two halves',
      });
      return;
    } else if (config.maxRetries >= 0 && batch.invokeCount > config.maxRetries) {
      await discard(batch, batch.records, 'RetryAttemptsExhausted');
      return;
    } else {
      inHand.unshift(batch);
    }
    await backOff(rest, batch.invokeCount);
  };

  const attempt = async (candidate: Batch) => {
    const batch = await discardExpired(candidate);
    if (!batch) return;
    let answer: CompletedInvocation;
    try {
      answer = await invoker.invoke({
        functionName: config.functionName,
        payload: JSON.stringify({ Records: batch.records.map(({ record }) => record) }),
        source: `stream ${tableName}`,
      });
    } catch (error) {
      // Throttling does not count against the retries: only age ends it.
      batch.throttles++;
      inHand.unshift(batch);
      await backOff(batch, batch.throttles, { error: messageOf(error) });
      return;
    }
    batch.invokeCount++;
    batch.lastAnswer = answer;
    const failedAt = firstFailure(batch, answer);
    if (failedAt < batch.records.length) await onFailure(batch, failedAt);
  };

  const work = async () => {
    for (let batch = inHand.shift(); batch; batch = inHand.shift()) await attempt(batch);
  };

  const pump = (windowOver = false): void => {
    if (busy || fresh.length === 0) return;
    if (config.windowMs > 0 && fresh.length < config.batchSize && !windowOver) {
      if (windowIsOpen) return;
      windowIsOpen = true;
      const dueAtMs = world.clock.now() + config.windowMs;
      world.agenda.schedule({ dueAtMs, kind: 'owed', what: 'end batching window', forWhom: tableName }, () => {
        windowIsOpen = false;
        pump(true);
      });
      return;
    }
    busy = true;
    inHand.push(batchOf(fresh.splice(0, config.batchSize)));
    const handled = work().finally(() => {
      busy = false;
      pump();
      onProgress();
    });
    void world.agenda.track({ what: 'hand over records', forWhom: tableName }, handled);
  };

  return {
    push: (record) => {
      fresh.push(record);
    },
    pump,
    waiting: () => fresh.length,
    isIdle: () => !busy && fresh.length === 0,
    inspect: () => ({
      waiting: fresh.length,
      retrying: inHand.reduce((sum, { records }) => sum + records.length, 0),
      discarded,
    }),
  };
};
