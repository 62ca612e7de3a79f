import { LOST_AFTER_MS } from './lease.ts';

export interface SweptLease {
  readonly service: string;
  readonly id: string;
  readonly owner: string;
  readonly host: string;
  readonly port: number;
  readonly healthy: boolean;
  readonly lastHeartbeatMs: number;
}

/**
 * More than this share lost in one sweep looks like our own network failing, not like so many instances dying: then
 * none is evicted (Eureka's self-preservation).
 */
const LARGEST_LOST_SHARE = 0.15;

/**
 * Evicting stops for no longer than this, unless no instance at all sends heartbeats: then the fault is ours for as
 * long as it lasts. Otherwise what is still silent is dead, and a few that died together would stay forever.
 */
const PRESERVED_FOR_MS = 10 * 60_000;

/** Below this many healthy leases a share says nothing: one of three is a third. */
const SMALLEST_FLEET = 7;

export interface SweepPlan {
  readonly lost: readonly SweptLease[];
  readonly isPreserving: boolean;
}

/** Leases that nothing will renew: Cloud Map takes 1,000 instances of a service, dead ones included. */
const FORGOTTEN_AFTER_MS = 60 * 60_000;

export const isForgotten = ({ healthy, lastHeartbeatMs }: SweptLease, nowMs: number): boolean =>
  !healthy && nowMs - lastHeartbeatMs > FORGOTTEN_AFTER_MS;

export const planSweep = (leases: readonly SweptLease[], nowMs: number): SweepPlan => {
  const healthy = leases.filter((lease) => lease.healthy);
  const lost = healthy.filter(({ lastHeartbeatMs }) => nowMs - lastHeartbeatMs > LOST_AFTER_MS);
  const isPreserving = healthy.length >= SMALLEST_FLEET && lost.length > healthy.length * LARGEST_LOST_SHARE;
  if (!isPreserving) return { lost, isPreserving };
  const isAnyAlive = lost.length < healthy.length;
  const dead = lost.filter(({ lastHeartbeatMs }) => nowMs - lastHeartbeatMs > LOST_AFTER_MS + PRESERVED_FOR_MS);
  return { lost: isAnyAlive ? dead : [], isPreserving };
};
