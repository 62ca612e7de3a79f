import { subscriptionHandler } from '../../edge/messages/subscription.ts';
import { count } from '../../kernel/ports/metrics.ts';
import { fulfilOrder } from '../commands/fulfil-order.ts';
import { ordersMessages } from '../messages.contract.ts';
import { runtime, wireOrders, wireOwnQueue } from '../wiring.ts';

const orders = wireOrders();

export const handler = subscriptionHandler(
  ordersMessages.subscribes,
  (message, { log }) =>
    fulfilOrder(orders, message, ({ orderId, due, captured }) => {
      log.warn('order wrongly paid', { orderId, due: { ...due }, captured: { ...captured } });
      runtime.metrics.record({ wronglyPaid: count(1) });
    }),
  runtime,
  wireOwnQueue(),
);
