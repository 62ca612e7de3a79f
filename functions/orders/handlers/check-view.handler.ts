import { scheduledHandler } from '../../edge/messages/schedule.ts';
import { count } from '../../kernel/ports/metrics.ts';
import { checkOrders } from '../views/check-orders.ts';
import { runtime, wireOrders, wireScans, wireViews } from '../wiring.ts';

const { store, clock } = wireOrders();
const checking = { store, clock, views: wireViews(), streams: wireScans().streams };

export const handler = scheduledHandler(async ({ log, remainingMs }) => {
  const { orders, different, isDone } = await checkOrders({ ...checking, log }, remainingMs);
  log.info('view checked', { orders, different, isDone });
  runtime.metrics.record({ viewDifferences: count(different), ordersCompared: count(orders) });
}, runtime);
