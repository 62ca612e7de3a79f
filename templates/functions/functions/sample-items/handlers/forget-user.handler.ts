import { subscriptionHandler } from '../../../../../functions/edge/messages/subscription.ts';
import { forgetUser } from '../commands/forget-user.ts';
import { sampleItemsMessages } from '../messages.contract.ts';
import { runtime, wireOwnQueue, wireSampleItems } from '../wiring.ts';

const sampleItems = wireSampleItems();

export const handler = subscriptionHandler(
  sampleItemsMessages.subscribes,
  (message, { cause }) => forgetUser(sampleItems, message.data.userId, cause),
  runtime,
  wireOwnQueue(),
);
