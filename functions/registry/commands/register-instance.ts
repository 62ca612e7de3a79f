import type { RegisteredInstance } from '../../kernel/calls/service-registry.ts';
import type { Cause } from '../../kernel/messages/message.ts';
import { type Refusal, Refused } from '../../kernel/values/errors.ts';
import { decideLease, type RegistryDeps, refuseDeployed } from './decide-lease.ts';

const hostNotAllowed: Refusal = {
  outcome: 'unprocessable',
  code: 'host-not-allowed',
  detail: 'This host may not be called.',
  fields: [{ pointer: '#/host', detail: 'is not on the list of hosts that may be called' }],
};

/**
 * Commits the lease of an instance, then enters it. A crash between the two leaves a lease without an entry, which
 * reconciliation enters. Undefined when no such service is entered; throws Refused for a host that may not be called
 * and for the name of an instance that a deployment registered.
 */
export const registerInstance = async (
  deps: RegistryDeps,
  instance: Pick<RegisteredInstance, 'service' | 'id' | 'host' | 'port'>,
  allowedHosts: RegExp,
  cause: Cause,
): Promise<{ readonly instance: RegisteredInstance; readonly isNew: boolean } | undefined> => {
  const { service, id, host, port } = instance;
  if (!allowedHosts.test(host)) throw new Refused(hostNotAllowed);
  const instances = await deps.serviceRegistry.instances(service);
  if (!instances) return undefined;
  refuseDeployed(instances, id);
  const command = { type: 'RegisterInstance', host, port, atMs: deps.clock.now() } as const;
  const { wasHeld } = await decideLease(deps, { service, id }, command, cause);
  await deps.serviceRegistry.register(instance);
  return { instance: { ...instance, healthy: true, origin: 'lease' }, isNew: !wasHeld };
};
