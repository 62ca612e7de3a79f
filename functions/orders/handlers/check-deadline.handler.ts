import { checkDeadlineV1 } from '../../../events/contracts/orders/check-deadline.v1.ts';
import { queueHandler } from '../../edge/messages/queue.ts';
import { fulfilOrder } from '../commands/fulfil-order.ts';
import { runtime, wireOrders } from '../wiring.ts';

const orders = wireOrders();

export const handler = queueHandler([checkDeadlineV1], (message) => fulfilOrder(orders, message), runtime);
