import { messageOf } from '../../../core/thrown.ts';
import type { Delivery, World } from '../../../core/world.ts';

/** Sends a record to a destination or dead-letter queue. Answers why it was not taken, which the logs say as well. */
export const deliverRecord = async (world: World, arn: string, delivery: Delivery): Promise<string | undefined> => {
  try {
    await world.targets.deliver(arn, delivery);
    return undefined;
  } catch (error) {
    world.journal.record('logs', {
      id: world.random.hex(8),
      atMs: world.clock.now(),
      level: 'ERROR',
      source: delivery.source,
      message: `${arn} did not take a record: ${messageOf(error)}`,
    });
    return messageOf(error);
  }
};
