import type { Act } from '../../../core/access.ts';
import type { JsonObject } from '../../../core/json.ts';
import type { QueueStore } from '../state/queue-store.ts';

/** Batches are allowed by the action of one. */
const ACTIONS: Readonly<Record<string, string>> = {
  SendMessageBatch: 'SendMessage',
  DeleteMessageBatch: 'DeleteMessage',
  ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
};

/** The queue that an input names, in whichever of the ways it does. */
const queueArnIn = ({ arnOf }: QueueStore, { QueueUrl, QueueName, SourceArn }: JsonObject): string => {
  if (typeof SourceArn === 'string') return SourceArn;
  if (typeof QueueUrl === 'string') return arnOf(QueueUrl.split('/').at(-1) ?? '');
  return typeof QueueName === 'string' ? arnOf(QueueName) : '*';
};

/** What a call of SQS does, as IAM names it. */
export const queueActs = (store: QueueStore, operation: string, input: JsonObject): readonly Act[] => [
  { action: `sqs:${ACTIONS[operation] ?? operation}`, resource: queueArnIn(store, input) },
];
