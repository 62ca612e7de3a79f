import { projectionHandler } from '../../edge/messages/stream.ts';
import { projectOrder } from '../views/orders.projection.ts';
import { runtime, wireGenerations, wireOrders, wireViews } from '../wiring.ts';

const views = wireViews();
const projecting = { store: wireOrders().store, views, generations: wireGenerations(views) };

export const handler = projectionHandler(({ streamId }) => projectOrder(projecting, streamId), runtime);
