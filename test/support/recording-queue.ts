import type { OwnQueue, QueueRecord } from '../../functions/kernel/messages/own-queue.ts';

export interface RecordingQueue extends OwnQueue {
  /** Ids of records with the seconds for which they were hidden. */
  readonly hidden: Record<string, number>;
  /** Ids of records that were given up, with why. */
  readonly givenUp: Record<string, string>;
  /** While it is down it takes no call. */
  isDown: boolean;
}

/** A consumer's queue in tests, which keeps what was asked of it. */
export const createRecordingQueue = (): RecordingQueue => {
  const hidden: Record<string, number> = {};
  const givenUp: Record<string, string> = {};
  const refuseWhileDown = () => {
    if (queue.isDown) throw new Error('the queue cannot be reached');
  };
  const queue: RecordingQueue = {
    hidden,
    givenUp,
    isDown: false,
    hide: async ({ messageId }: QueueRecord, seconds) => {
      refuseWhileDown();
      hidden[messageId] = seconds;
    },
    giveUp: async ({ messageId }: QueueRecord, error) => {
      refuseWhileDown();
      givenUp[messageId] = error;
    },
  };
  return queue;
};
