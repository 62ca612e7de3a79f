import { operationHandler } from '../../edge/operation.ts';
import { messagesSent, operateOrder } from '../commands/operate-order.ts';
import { orderOperation } from '../operations.contract.ts';
import { listOpen, showOrder } from '../views/operator-view.ts';
import { runtime, wireOrders, wireViews } from '../wiring.ts';

const orders = { ...wireOrders(), views: wireViews() };

const show = async (orderId: string) => ({
  ...(await showOrder(orders, orderId)),
  messages: messagesSent((await orders.store.history(orderId)) ?? []),
});

export const handler = operationHandler(
  orderOperation,
  async (asked, cause) => {
    if (asked.operation === 'list') return listOpen(orders, asked.limit);
    if (asked.operation !== 'show') await operateOrder(orders, asked, cause);
    return show(asked.orderId);
  },
  runtime,
);
