import type { OrderCounts } from './count-order.ts';

/** What one confirmed order may use. The table of docs/costs.md follows from it; lower it when an order uses less. */
export const CEILINGS: OrderCounts = {
  writeUnits: 26,
  readUnits: 15,
  queueRequests: 9,
  invocations: 16,
  logBytes: 1_600,
  events: 4,
  streamBatches: 7,
  searchEvents: 1,
  searchInvocations: 1,
  searchWriteUnits: 3,
  searchQueueRequests: 0,
};
