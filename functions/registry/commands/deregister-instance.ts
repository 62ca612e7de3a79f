import type { Cause } from '../../kernel/messages/message.ts';
import type { InstanceName } from '../rows/lease-rows.ts';
import { decideLease, type RegistryDeps, refuseDeployed } from './decide-lease.ts';

/**
 * Ends the caller's lease, then removes the entry. A crash between the two leaves an entry that reconciliation removes.
 * Another's lease stays, with its entry.
 */
export const deregisterInstance = async (
  deps: RegistryDeps,
  name: InstanceName,
  by: string,
  cause: Cause,
): Promise<void> => {
  const instances = (await deps.serviceRegistry.instances(name.service)) ?? [];
  refuseDeployed(instances, name.id);
  const { lease } = await decideLease(deps, name, { type: 'DeregisterInstance', by }, cause);
  const isEntered = instances.some(({ id }) => id === name.id);
  if (isEntered && lease.kind === 'none') await deps.serviceRegistry.deregister(name.service, name.id);
};
