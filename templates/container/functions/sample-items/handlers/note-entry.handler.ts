import { subscriptionHandler } from '../../../../../functions/edge/messages/subscription.ts';
import { noteEntry } from '../commands/note-entry.ts';
import { sampleItemsMessages } from '../messages.contract.ts';
import { runtime, wireOwnQueue, wireSampleItems } from '../wiring.ts';

const sampleItems = wireSampleItems();

export const handler = subscriptionHandler(
  sampleItemsMessages.subscribes,
  async ({ data, metadata }) => {
    await noteEntry(sampleItems, { ...data, version: metadata.version });
  },
  runtime,
  wireOwnQueue(),
);
