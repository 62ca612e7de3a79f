import { queueHandler } from '../../edge/messages/queue.ts';
import { cancelOrdersOfUser } from '../commands/erase-customer.ts';
import { ordersMessages } from '../messages.contract.ts';
import { runtime, wireOrders, wireOwnQueue, wireViews } from '../wiring.ts';

const orders = { ...wireOrders(), views: wireViews() };
const [, cancelOrders] = ordersMessages.accepts;

export const handler = queueHandler(
  [cancelOrders],
  (message) => cancelOrdersOfUser(orders, message),
  runtime,
  wireOwnQueue(),
);
