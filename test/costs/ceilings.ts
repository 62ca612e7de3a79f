import type { OrderCounts } from './count-order.ts';

/** What one confirmed order may use. The table of docs/costs.md follows from it; lower it when an order uses less. */
export const CEILINGS: OrderCounts = {
  writeUnits: 71,
  readUnits: 24,
  queueRequests: 21,
  invocations: 20,
  logBytes: 19_800,
  events: 4,
  streamBatches: 10,
};
