import { scheduledHandler } from '../../edge/messages/schedule.ts';
import { count } from '../../kernel/ports/metrics.ts';
import { sweepLeases } from '../commands/sweep-leases.ts';
import { runtime, wireRegistry } from '../wiring.ts';

const registry = wireRegistry();

export const handler = scheduledHandler(async ({ cause, log }) => {
  const report = await sweepLeases({ ...registry, log }, cause);
  log.info('swept', { ...report });
  runtime.metrics.record({
    leases: count(report.leases),
    lost: count(report.lost),
    unmended: count(report.failed),
    selfPreservation: count(report.isPreserving ? 1 : 0),
  });
}, runtime);
