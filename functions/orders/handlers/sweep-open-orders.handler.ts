import { scheduledHandler } from '../../edge/messages/schedule.ts';
import { count, milliseconds } from '../../kernel/ports/metrics.ts';
import { sweepOpenOrders } from '../commands/sweep-open-orders.ts';
import { runtime, wireOrders, wireViews } from '../wiring.ts';

const orders = { ...wireOrders(), views: wireViews(), random: runtime.random };

export const handler = scheduledHandler(async ({ cause, log, remainingMs }) => {
  const report = await sweepOpenOrders({ ...orders, log }, cause, remainingMs);
  log.info('swept', { ...report });
  runtime.metrics.record({
    openOrders: count(report.open),
    oldestOpenOrder: milliseconds(report.oldestMs),
    timersRestarted: count(report.restarted),
    unsweptOrders: count(report.failed + report.unseen),
  });
}, runtime);
