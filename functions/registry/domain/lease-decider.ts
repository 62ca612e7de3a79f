import { accept, type Decider, type Decision, refuse } from '../../kernel/stores/decider.ts';
import { notFound } from '../../kernel/values/errors.ts';
import { never } from '../../kernel/values/never.ts';
import { type Lease, type LeaseCommand, type LeaseEvent, LOST_AFTER_MS } from './lease.ts';

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
