import { projectionHandler } from '../../edge/messages/stream.ts';
import type { OrderEvent } from '../domain/order.ts';
import { projectOrder } from '../views/orders.projection.ts';
import { runtime, wireOrders, wireViews } from '../wiring.ts';

const projecting = { store: wireOrders().store, views: wireViews() };

export const handler = projectionHandler<OrderEvent>(({ streamId }) => projectOrder(projecting, streamId), runtime);
