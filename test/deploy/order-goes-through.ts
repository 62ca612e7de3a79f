import { orderEnding, place, registered, stocked } from '../e2e/people.ts';
import type { System } from '../e2e/system.ts';

/** Every service does its part in an order: it is quoted, reserved, paid and confirmed. Throws when it ends otherwise. */
export const orderGoesThrough = async (system: System): Promise<void> => {
  const sku = await stocked(system, 5);
  const { client } = await registered(system);
  const placed = await place(client, sku);
  if (placed.status !== 202) throw new Error(`the order is answered with ${placed.status}: ${placed.text}`);
  const { status, reason } = await orderEnding(client, placed.body.id);
  if (status !== 'CONFIRMED') throw new Error(`the order ends as ${status} (${reason})`);
};
