import { accept, type Decider, type Decision, refuse } from '../../kernel/stores/decider.ts';
import { notFound, type Refusal } from '../../kernel/values/errors.ts';
import { never } from '../../kernel/values/never.ts';
import { type Lease, type LeaseCommand, type LeaseEvent, LOST_AFTER_MS, NO_OWNER } from './lease.ts';

const taken: Refusal = {
  outcome: 'conflict',
  code: 'instance-taken',
  detail: 'Another machine holds the lease of this instance.',
};

type Held = Extract<Lease, { kind: 'held' }>;

/** Who gives a command, for those that only the owner may give. */
const askerOf = (command: LeaseCommand): string | undefined => ('by' in command ? command.by : undefined);

/** For anyone but its owner a lease is not there. */
const visibleTo = (asker: string | undefined, lease: Lease): Held | undefined =>
  lease.kind === 'held' && (asker === undefined || asker === lease.owner) ? lease : undefined;

const decideHeld = (
  command: Exclude<LeaseCommand, { type: 'RegisterInstance' }>,
  lease: Held,
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
    case 'EndLease':
      return accept({ type: 'InstanceDeregistered' });
    default:
      return never(command);
  }
};

const decideRegistration = (
  { type: _, ...registration }: Extract<LeaseCommand, { type: 'RegisterInstance' }>,
  lease: Lease,
): Decision<LeaseEvent> => {
  const isFree = lease.kind === 'none' || lease.owner === registration.owner || lease.owner === NO_OWNER;
  return isFree ? accept({ type: 'InstanceRegistered', ...registration }) : refuse(taken);
};

const decide = (command: LeaseCommand, lease: Lease): Decision<LeaseEvent> => {
  if (command.type === 'RegisterInstance') return decideRegistration(command, lease);
  const held = visibleTo(askerOf(command), lease);
  if (held) return decideHeld(command, held);
  return command.type === 'RecordHeartbeat' ? refuse(notFound('instance')) : accept();
};

const evolve = (lease: Lease, event: LeaseEvent): Lease => {
  switch (event.type) {
    case 'InstanceRegistered': {
      const { owner, host, port, atMs } = event;
      return { kind: 'held', owner, host, port, healthy: true, lastHeartbeatMs: atMs };
    }
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
