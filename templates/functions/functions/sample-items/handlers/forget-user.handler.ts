import { queueHandler } from '../../../../../functions/edge/messages/queue.ts';
import { forgetUser } from '../commands/forget-user.ts';
import { sampleItemsMessages } from '../messages.contract.ts';
import { runtime, wireOwnQueue, wireSampleItems } from '../wiring.ts';

const sampleItems = wireSampleItems();

export const handler = queueHandler(
  sampleItemsMessages.subscribes,
  (message, { cause }) => forgetUser(sampleItems, message.data.userId, cause),
  runtime,
  wireOwnQueue(),
);
