import { projectionHandler } from '../../edge/messages/stream.ts';
import { projectOrder } from '../views/orders.projection.ts';
import { runtime, wireOrders, wireViews } from '../wiring.ts';

const projecting = { store: wireOrders().store, views: wireViews() };

export const handler = projectionHandler(({ streamId }) => projectOrder(projecting, streamId), runtime);
