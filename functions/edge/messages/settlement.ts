import type { OwnQueue, QueueRecord } from '../../kernel/messages/own-queue.ts';
import { hiddenSeconds } from '../../kernel/messages/redelivery.ts';
import { describeError } from '../../kernel/ports/log.ts';
import type { Runtime } from '../../kernel/ports/runtime.ts';
import { errorFields } from '../error-fields.ts';

interface Unreadable<Read extends QueueRecord> {
  readonly record: Read;
  /** Shows nothing of the body. */
  readonly thrown: unknown;
}

/** What becomes of records that were not handled. Each answers those that the batch reports as failed. */
export const createSettlement = (queue: OwnQueue, { log, random }: Pick<Runtime, 'log' | 'random'>) => {
  /** One that cannot be hidden comes back when the queue's own timeout is over: later, but it comes. */
  const putOff = async <Read extends QueueRecord>(records: readonly Read[]): Promise<readonly Read[]> => {
    const hidden = records.map(async (record) => {
      const seconds = hiddenSeconds(Number(record.attributes.ApproximateReceiveCount), random);
      try {
        await queue.hide(record, seconds);
      } catch (thrown) {
        log.warn('message not hidden', { messageId: record.messageId, seconds, ...errorFields(thrown) });
      }
    });
    await Promise.all(hidden);
    return records;
  };

  /** One that the dead letters do not take is put off. */
  const giveUp = async <Read extends QueueRecord>(
    unreadable: readonly Unreadable<Read>[],
  ): Promise<readonly Read[]> => {
    const kept = unreadable.map(async ({ record, thrown }): Promise<readonly Read[]> => {
      try {
        await queue.giveUp(record, String(describeError(thrown).message));
        return [];
      } catch (refused) {
        log.error('malformed message not put aside', { messageId: record.messageId, ...errorFields(refused) });
        return [record];
      }
    });
    return putOff((await Promise.all(kept)).flat());
  };

  return { putOff, giveUp };
};
