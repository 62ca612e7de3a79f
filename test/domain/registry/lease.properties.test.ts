import { describe } from '@jest/globals';
import type { LeaseCommand } from '../../../functions/registry/domain/lease.ts';
import { LOST_AFTER_MS } from '../../../functions/registry/domain/lease.ts';
import { leaseDecider } from '../../../functions/registry/domain/lease-decider.ts';
import { leaseAggregate } from '../../../functions/registry/rows/lease-rows.ts';
import { itKeepsItsLaws } from '../../support/decider-properties.ts';
import { fc } from '../../support/properties.ts';

const by = fc.constantFrom('role/a', 'role/b');

const atMs = fc.nat(3 * LOST_AFTER_MS);

const commands: fc.Arbitrary<LeaseCommand> = fc.oneof(
  fc.record({
    type: fc.constant('RegisterInstance' as const),
    owner: by,
    host: fc.constantFrom('a.internal', 'b.internal'),
    port: fc.constantFrom(80, 443),
    atMs,
  }),
  fc.record({ type: fc.constant('RecordHeartbeat' as const), by, atMs }),
  fc.record({ type: fc.constant('ExpireLease' as const), atMs }),
  fc.record({ type: fc.constant('DeregisterInstance' as const), by }),
  fc.constant<LeaseCommand>({ type: 'EndLease' }),
);

const { toAttributes, fromItem } = leaseAggregate({ service: 'orders', id: 'i-1' });

describe('a lease, whatever is recorded', () => {
  itKeepsItsLaws(leaseDecider, {
    commands,
    /** It is held from its registration to its deregistration, by the last of them, and lost only after its last sign of life. */
    isLegal: (lease, events) => {
      const last = events.findLast(({ type }) => type === 'InstanceRegistered' || type === 'InstanceDeregistered');
      if (lease.kind === 'none') return last?.type !== 'InstanceRegistered';
      if (last?.type !== 'InstanceRegistered') return false;
      const signs = events.filter((event) => 'atMs' in event);
      const isLost = events.at(-1)?.type === 'InstanceLost';
      return (
        lease.owner === last.owner &&
        lease.host === last.host &&
        lease.lastHeartbeatMs === signs.at(-1)?.atMs &&
        lease.healthy === !isLost
      );
    },
    isFinal: () => false,
    progress: () => [],
    isRecordedAgain: ({ type }) => type === 'RegisterInstance' || type === 'RecordHeartbeat',
    stored: (lease) => fromItem({ pk: '', sk: '', ...toAttributes(lease) }),
  });
});
