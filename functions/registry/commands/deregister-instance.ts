import type { Cause } from '../../kernel/messages/message.ts';
import type { InstanceName } from '../rows/lease-rows.ts';
import { decideLease, type RegistryDeps, refuseDeployed } from './decide-lease.ts';

/** Ends the lease, then removes the entry. A crash between the two leaves an entry that reconciliation removes. */
export const deregisterInstance = async (deps: RegistryDeps, name: InstanceName, cause: Cause): Promise<void> => {
  const instances = (await deps.serviceRegistry.instances(name.service)) ?? [];
  refuseDeployed(instances, name.id);
  await decideLease(deps, name, { type: 'DeregisterInstance' }, cause);
  if (instances.some(({ id }) => id === name.id)) await deps.serviceRegistry.deregister(name.service, name.id);
};
