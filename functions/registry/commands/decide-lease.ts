import type { RegisteredInstance, ServiceRegistry } from '../../kernel/calls/service-registry.ts';
import type { Cause } from '../../kernel/messages/message.ts';
import type { RecordingTools } from '../../kernel/messages/recording.ts';
import { handleCommand } from '../../kernel/stores/command-handler.ts';
import { stateOf } from '../../kernel/stores/state-store.ts';
import type { Table } from '../../kernel/stores/table.ts';
import { type Refusal, Refused } from '../../kernel/values/errors.ts';
import type { Lease, LeaseCommand } from '../domain/lease.ts';
import { type InstanceName, leaseAggregate, leaseId } from '../rows/lease-rows.ts';
import { leaseMessages } from './lease-messages.ts';

export interface RegistryDeps extends RecordingTools {
  readonly table: Table;
  readonly serviceRegistry: ServiceRegistry;
}

const deployed: Refusal = {
  outcome: 'conflict',
  code: 'deployed-instance',
  detail: 'A deployment registered this instance; only a deployment changes it.',
};

const isDeployed = (instances: readonly RegisteredInstance[], id: string): boolean =>
  instances.some((instance) => instance.id === id && instance.origin === 'deploy');

/** Throws Refused for the name of an instance that a deployment registered. */
export const refuseDeployed = (instances: readonly RegisteredInstance[], id: string): void => {
  if (isDeployed(instances, id)) throw new Refused(deployed);
};

/** An instance that a deployment registered has no lease: one of the same name says nothing of its health. */
const setHealth = async ({ serviceRegistry }: RegistryDeps, { service, id }: InstanceName, healthy: boolean) => {
  const instances = (await serviceRegistry.instances(service)) ?? [];
  if (!isDeployed(instances, id)) await serviceRegistry.setHealth(service, id, healthy);
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
    publish: (change) => leaseMessages(name, change, cause, deps),
  });
  const isHealthChanged = events.some(({ type }) => type === 'InstanceLost' || type === 'InstanceRecovered');
  if (isHealthChanged && state.kind === 'held') await setHealth(deps, name, state.healthy);
  return { lease: state, wasHeld: before.kind === 'held' };
};
