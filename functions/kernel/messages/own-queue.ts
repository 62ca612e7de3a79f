/** A message as its queue handed it over. */
export interface QueueRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly eventSourceARN: string;
  readonly attributes: { readonly ApproximateReceiveCount: string; readonly AWSTraceHeader?: string | undefined };
}

/** What a consumer may do to the queue that it is behind. */
export interface OwnQueue {
  /** The message comes back when these seconds are over. */
  hide(record: QueueRecord, seconds: number): Promise<void>;
  /** A copy goes to the queue's dead letters, with what was wrong. */
  giveUp(record: QueueRecord, error: string): Promise<void>;
}
