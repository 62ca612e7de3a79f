import type { Cause } from '../../../../../functions/kernel/messages/message.ts';
import type { RecordingTools } from '../../../../../functions/kernel/messages/recording.ts';
import type { Change } from '../../../../../functions/kernel/stores/aggregate.ts';
import { type Departure, outgoing } from '../../../../../functions/kernel/stores/outbox.ts';
import { sampleItemSavedV1 } from '../../../events/contracts/sample-items/sample-item-saved.v1.ts';
import type { SampleItem, SampleItemEvent } from '../domain/sample-item.ts';

export interface Named {
  readonly userId: string;
  readonly id: string;
}

/** What is published of a change: who has it and its id, never what the user wrote. */
export const sampleItemMessages = (
  { userId, id }: Named,
  { events, version }: Change<SampleItemEvent, SampleItem>,
  cause: Cause,
  tools: RecordingTools,
): readonly Departure[] =>
  events
    .filter(({ type }) => type === 'SampleItemSaved')
    .map(() => {
      const about = { aggregate: `sample-item/${userId}/${id}`, version };
      return outgoing(sampleItemSavedV1, { ...about, data: { userId, id } }, cause, tools);
    });
