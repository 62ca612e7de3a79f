import { subscriptionHandler } from '../../edge/messages/subscription.ts';
import { fulfilOrder } from '../commands/fulfil-order.ts';
import { ordersMessages } from '../messages.contract.ts';
import { runtime, wireOrders, wireOwnQueue } from '../wiring.ts';

const orders = wireOrders();

export const handler = subscriptionHandler(
  ordersMessages.subscribes,
  (message) => fulfilOrder(orders, message),
  runtime,
  wireOwnQueue(),
);
