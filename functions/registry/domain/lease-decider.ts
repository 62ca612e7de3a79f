import { accept, type Decider, type Decision, refuse } from '../../kernel/stores/decider.ts';
import { notFound } from '../../kernel/values/errors.ts';
import { never } from '../../kernel/values/never.ts';
import { type Lease, type LeaseCommand, type LeaseEvent, LOST_AFTER_MS } from './lease.ts';

const decideHeld = (
  command: Exclude<LeaseCommand, { type: 'RegisterInstance' }>,
  lease: Extract<Lease, { kind: 'held' }>,
): Decision<LeaseEvent> => {
  switch (command.type) {
    case 'RecordHeartbeat':
      return accept(
        lease.healthy
          ? { type: 'HeartbeatReceived', atMs: command.atMs }
          : { type: 'InstanceRecovered', atMs: command.atMs },
      );
    case 'ExpireLease':
      return lease.healthy && command.atMs - lease.lastHeartbeatMs > LOST_AFTER_MS
        ? accept({ type: 'InstanceLost' })
        : accept();
    case 'DeregisterInstance':
      return accept({ type: 'InstanceDeregistered' });
    default:
      return never(command);
  }
};

const decide = (command: LeaseCommand, lease: Lease): Decision<LeaseEvent> => {
  if (command.type === 'RegisterInstance') {
    return accept({ type: 'InstanceRegistered', host: command.host, port: command.port, atMs: command.atMs });
  }
  if (lease.kind === 'held') return decideHeld(command, lease);
  return command.type === 'RecordHeartbeat' ? refuse(notFound('instance')) : accept();
};

const evolve = (lease: Lease, event: LeaseEvent): Lease => {
  switch (event.type) {
    case 'InstanceRegistered':
      return { kind: 'held', host: event.host, port: event.port, healthy: true, lastHeartbeatMs: event.atMs };
    case 'HeartbeatReceived':
    case 'InstanceRecovered':
      return lease.kind === 'held' ? { ...lease, healthy: true, lastHeartbeatMs: event.atMs } : lease;
    case 'InstanceLost':
      return lease.kind === 'held' ? { ...lease, healthy: false } : lease;
    case 'InstanceDeregistered':
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
