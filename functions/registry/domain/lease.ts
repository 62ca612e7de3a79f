/** Heartbeats come every 30 s; an instance that misses three is lost (as in Netflix Eureka: renew 30 s, evict after 90 s). */
const HEARTBEAT_EVERY_MS = 30_000;
export const LOST_AFTER_MS = 3 * HEARTBEAT_EVERY_MS;

/** One instance's promise to send heartbeats. Times are epoch milliseconds. */
export type Lease =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'held';
      readonly host: string;
      readonly port: number;
      readonly healthy: boolean;
      readonly lastHeartbeatMs: number;
    };

export type LeaseCommand =
  | { readonly type: 'RegisterInstance'; readonly host: string; readonly port: number; readonly atMs: number }
  | { readonly type: 'RecordHeartbeat'; readonly atMs: number }
  /** The sweep saw no heartbeat; it changes something only if none has come since. */
  | { readonly type: 'ExpireLease'; readonly atMs: number }
  | { readonly type: 'DeregisterInstance' };

export type LeaseEvent =
  | { readonly type: 'InstanceRegistered'; readonly host: string; readonly port: number; readonly atMs: number }
  | { readonly type: 'HeartbeatReceived'; readonly atMs: number }
  | { readonly type: 'InstanceRecovered'; readonly atMs: number }
  | { readonly type: 'InstanceLost' }
  | { readonly type: 'InstanceDeregistered' };
