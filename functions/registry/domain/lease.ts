/** Heartbeats come every 30 s; an instance that misses three is lost (as in Netflix Eureka: renew 30 s, evict after 90 s). */
const HEARTBEAT_EVERY_MS = 30_000;
export const LOST_AFTER_MS = 3 * HEARTBEAT_EVERY_MS;

/** Of leases that were made before leases had owners: the next that registers such an instance is its owner. */
export const NO_OWNER = '';

/** One instance's promise to send heartbeats. Times are epoch milliseconds. */
export type Lease =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'held';
      /** Who made it, and who alone may renew and end it. */
      readonly owner: string;
      readonly host: string;
      readonly port: number;
      readonly healthy: boolean;
      readonly lastHeartbeatMs: number;
    };

interface Registration {
  readonly owner: string;
  readonly host: string;
  readonly port: number;
  readonly atMs: number;
}

/** `by` is who asks for it. */
export type LeaseCommand =
  | ({ readonly type: 'RegisterInstance' } & Registration)
  | { readonly type: 'RecordHeartbeat'; readonly by: string; readonly atMs: number }
  /** The sweep saw no heartbeat; it changes something only if none has come since. */
  | { readonly type: 'ExpireLease'; readonly atMs: number }
  | { readonly type: 'DeregisterInstance'; readonly by: string }
  /** The registry itself has no more use for it. */
  | { readonly type: 'EndLease' };

export type LeaseEvent =
  | ({ readonly type: 'InstanceRegistered' } & Registration)
  | { readonly type: 'HeartbeatReceived'; readonly atMs: number }
  | { readonly type: 'InstanceRecovered'; readonly atMs: number }
  | { readonly type: 'InstanceLost' }
  | { readonly type: 'InstanceDeregistered' };
