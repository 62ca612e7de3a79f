import { messageOf } from '../../../core/thrown.ts';
import type { Delivery, World } from '../../../core/world.ts';

/** Sends a record to a destination or dead-letter queue; one that does not take it is reported in the logs, as Lambda drops it. */
export const deliverRecord = async (world: World, arn: string, delivery: Delivery): Promise<void> => {
  try {
    await world.targets.deliver(arn, delivery);
  } catch (error) {
    world.journal.record('logs', {
      id: world.random.hex(8),
      atMs: world.clock.now(),
      level: 'ERROR',
      source: delivery.source,
      message: `${arn} did not take a record: ${messageOf(error)}`,
    });
  }
};
