import { accept, type Decider, type Decision, refuse } from '../../kernel/stores/decider.ts';
import { notFound } from '../../kernel/values/errors.ts';
import { never } from '../../kernel/values/never.ts';

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

const decideHeld = (
  command: Exclude<LeaseCommand, { kind: 'register' }>,
  lease: Extract<Lease, { kind: 'held' }>,
): Decision<LeaseEvent> => {
  switch (command.kind) {
    case 'beat':
      return accept(lease.healthy ? { kind: 'beaten', atMs: command.atMs } : { kind: 'recovered', atMs: command.atMs });
    case 'expire':
      return lease.healthy && command.atMs - lease.lastHeartbeatMs > LOST_AFTER_MS
        ? accept({ kind: 'lost' })
        : accept();
    case 'deregister':
      return accept({ kind: 'deregistered' });
    default:
      return never(command);
  }
};

const decide = (command: LeaseCommand, lease: Lease): Decision<LeaseEvent> => {
  if (command.kind === 'register') {
    return accept({ kind: 'registered', host: command.host, port: command.port, atMs: command.atMs });
  }
  if (lease.kind === 'held') return decideHeld(command, lease);
  return command.kind === 'beat' ? refuse(notFound('instance')) : accept();
};

const evolve = (lease: Lease, event: LeaseEvent): Lease => {
  switch (event.kind) {
    case 'registered':
      return { kind: 'held', host: event.host, port: event.port, healthy: true, lastHeartbeatMs: event.atMs };
    case 'beaten':
    case 'recovered':
      return lease.kind === 'held' ? { ...lease, healthy: true, lastHeartbeatMs: event.atMs } : lease;
    case 'lost':
      return lease.kind === 'held' ? { ...lease, healthy: false } : lease;
    case 'deregistered':
      return { kind: 'none' };
    default:
      return never(event);
  }
};

export const leaseDecider: Decider<LeaseCommand, LeaseEvent, Lease> = {
  initialState: { kind: 'none' },
  decide,
  evolve,
};
