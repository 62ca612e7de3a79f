import { subscriptionHandler } from '../../edge/messages/subscription.ts';
import type { DataByType, MessageOf } from '../../kernel/messages/service-messages.ts';
import { noteChanges } from '../commands/note-changes.ts';
import type { Change } from '../domain/listing.ts';
import { searchMessages } from '../messages.contract.ts';
import { runtime, wireOwnQueue, wireSearch } from '../wiring.ts';

const search = wireSearch();

const changeOf = (message: MessageOf<DataByType<typeof searchMessages.subscribes>>): Change => {
  switch (message.type) {
    case 'ProductChanged.v1':
      return { kind: 'product', ...message.data, version: message.metadata.version };
    case 'StockChanged.v1':
      return { kind: 'stock', ...message.data };
  }
};

export const handler = subscriptionHandler(
  searchMessages.subscribes,
  async (message) => {
    await noteChanges(search, [changeOf(message)]);
  },
  runtime,
  wireOwnQueue(),
);
