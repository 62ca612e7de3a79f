import { LOST_AFTER_MS } from './lease.ts';

export interface SweptLease {
  readonly service: string;
  readonly id: string;
  readonly healthy: boolean;
  readonly lastHeartbeatMs: number;
}

/**
 * More than this share lost in one sweep looks like our own network failing, not like so many instances dying: then
 * none is evicted (Eureka's self-preservation).
 */
const LARGEST_LOST_SHARE = 0.15;

/** Below this many healthy leases a share says nothing: one of three is a third. */
const SMALLEST_FLEET = 7;

export interface SweepPlan {
  readonly lost: readonly SweptLease[];
  readonly isPreserving: boolean;
}

export const planSweep = (leases: readonly SweptLease[], nowMs: number): SweepPlan => {
  const healthy = leases.filter((lease) => lease.healthy);
  const lost = healthy.filter(({ lastHeartbeatMs }) => nowMs - lastHeartbeatMs > LOST_AFTER_MS);
  const isPreserving = healthy.length >= SMALLEST_FLEET && lost.length > healthy.length * LARGEST_LOST_SHARE;
  return { lost: isPreserving ? [] : lost, isPreserving };
};
