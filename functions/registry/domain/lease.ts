/** Beats come every 30 s; who misses three is lost (the numbers of Netflix Eureka: renew 30 s, evict after 90 s). */
const BEAT_EVERY_MS = 30_000;
export const LOST_AFTER_MS = 3 * BEAT_EVERY_MS;

/** The promise of one instance to keep beating. Times are epoch milliseconds. */
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
  | { readonly kind: 'register'; readonly host: string; readonly port: number; readonly atMs: number }
  | { readonly kind: 'beat'; readonly atMs: number }
  /** The sweep saw no beat; true only if none has come since. */
  | { readonly kind: 'expire'; readonly atMs: number }
  | { readonly kind: 'deregister' };

export type LeaseEvent =
  | { readonly kind: 'registered'; readonly host: string; readonly port: number; readonly atMs: number }
  | { readonly kind: 'beaten'; readonly atMs: number }
  | { readonly kind: 'recovered'; readonly atMs: number }
  | { readonly kind: 'lost' }
  | { readonly kind: 'deregistered' };
