import { queueHandler } from '../../edge/messages/queue.ts';
import { fulfilOrder } from '../commands/fulfil-order.ts';
import { ordersMessages } from '../messages.contract.ts';
import { runtime, wireOrders, wireOwnQueue } from '../wiring.ts';

const orders = wireOrders();
const [checkDeadline] = ordersMessages.accepts;

export const handler = queueHandler(
  [checkDeadline],
  (message) => fulfilOrder(orders, message),
  runtime,
  wireOwnQueue(),
);
