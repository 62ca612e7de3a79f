import { instanceHealthChangedV1 } from '../../../events/contracts/registry/instance-health-changed.v1.ts';
import type { ServiceRegistry } from '../../kernel/calls/service-registry.ts';
import type { Cause } from '../../kernel/messages/message.ts';
import { type RecordingTools, record } from '../../kernel/messages/recording.ts';
import { handleCommand } from '../../kernel/stores/command-handler.ts';
import { toBus } from '../../kernel/stores/outbox.ts';
import { stateOf } from '../../kernel/stores/state-store.ts';
import type { Table } from '../../kernel/stores/table.ts';
import type { Lease, LeaseCommand, LeaseEvent } from '../domain/lease.ts';
import { type InstanceName, leaseAggregate, leaseId } from '../rows/lease-rows.ts';

export interface RegistryDeps extends RecordingTools {
  readonly table: Table;
  readonly serviceRegistry: ServiceRegistry;
}

/** The status that an event publishes; a heartbeat that changes nothing is not published. */
const statusAfter = (event: LeaseEvent): 'healthy' | 'unhealthy' | 'gone' | undefined => {
  switch (event.type) {
    case 'InstanceRegistered':
    case 'InstanceRecovered':
      return 'healthy';
    case 'InstanceLost':
      return 'unhealthy';
    case 'InstanceDeregistered':
      return 'gone';
    case 'HeartbeatReceived':
      return undefined;
  }
};

/**
 * Commits the lease with its message, then updates Cloud Map. A crash between the two leaves Cloud Map outdated; the
 * sweep compares and corrects it.
 */
export const decideLease = async (
  deps: RegistryDeps,
  name: InstanceName,
  command: LeaseCommand,
  cause: Cause,
): Promise<{ readonly lease: Lease; readonly wasHeld: boolean }> => {
  const { before, state, events } = await handleCommand({
    aggregate: stateOf(deps.table, leaseAggregate(name), leaseId(name)),
    command: () => command,
    publish: ({ events, version }) =>
      events.flatMap((event) => {
        const status = statusAfter(event);
        if (status === undefined) return [];
        const data = { service: name.service, instanceId: name.id, status };
        const about = { aggregate: `instance/${name.service}/${name.id}`, version };
        return [toBus(record(instanceHealthChangedV1, { ...about, data }, cause, deps))];
      }),
  });
  const isHealthChanged = events.some(({ type }) => type === 'InstanceLost' || type === 'InstanceRecovered');
  if (isHealthChanged && state.kind === 'held')
    await deps.serviceRegistry.setHealth(name.service, name.id, state.healthy);
  return { lease: state, wasHeld: before.kind === 'held' };
};
