import type { QueueSource, ReceivedMessage } from '../../../core/ports.ts';
import type { World } from '../../../core/world.ts';
import { counted, recordFailure } from '../../../delivery/record-failure.ts';
import { parseFunctionAddress } from '../state/function-address.ts';
import type { MappingConfig } from './mapping-config.ts';

export interface FailedMessages {
  readonly messages: readonly ReceivedMessage[];
  readonly invocationId?: string;
  /** When no invocation tells. */
  readonly error?: string;
}

/** Records that messages of a batch were not handled: one entry for those that are at the same attempt. */
export const noteFailedMessages = (
  world: World,
  queues: QueueSource,
  { sourceArn, functionName }: MappingConfig,
  { messages, ...why }: FailedMessages,
): void => {
  const byAttempt = Map.groupBy(messages, ({ attributes }) => Number(attributes.ApproximateReceiveCount ?? 1));
  for (const [attempt, alike] of byAttempt) {
    const [first] = alike;
    if (first === undefined) continue;
    const { visibleAtMs, maxReceives, deadLetters } = queues.outlook(sourceArn, first.receiptHandle);
    recordFailure(world, {
      outcome: 'failed',
      source: `queue ${sourceArn.split(':').at(-1) ?? sourceArn}`,
      target: parseFunctionAddress(functionName).name,
      what: counted(alike.length, 'message'),
      attempt,
      nextAttemptAtMs: visibleAtMs,
      messageIds: alike.map(({ messageId }) => messageId),
      ...(maxReceives !== undefined && { attempts: maxReceives }),
      ...(deadLetters !== undefined && { deadLetters }),
      ...why,
    });
  }
};
