import { scheduledHandler } from '../../edge/messages/schedule.ts';
import { count } from '../../kernel/ports/metrics.ts';
import { reconcileEntries } from '../commands/reconcile-entries.ts';
import { runtime, wireRegistry } from '../wiring.ts';

const registry = wireRegistry();

export const handler = scheduledHandler(async ({ log }) => {
  const { mended, failed } = await reconcileEntries({ ...registry, log });
  log.info('reconciled', { mended, failed });
  runtime.metrics.record({ entriesMended: count(mended), entriesUnmended: count(failed) });
}, runtime);
