import type { RegisteredInstance } from '../../kernel/calls/service-registry.ts';
import type { Cause } from '../../kernel/messages/message.ts';
import { type Refusal, Refused } from '../../kernel/values/errors.ts';
import type { SweptLease } from '../domain/sweep.ts';
import { allLeases } from './all-leases.ts';
import { decideLease, type RegistryDeps, refuseDeployed } from './decide-lease.ts';

const hostNotAllowed: Refusal = {
  outcome: 'unprocessable',
  code: 'host-not-allowed',
  detail: 'This host may not be called.',
  fields: [{ pointer: '#/host', detail: 'is not on the list of hosts that may be called' }],
};

const tooMany = (whose: string, most: number): Refusal => ({
  outcome: 'conflict',
  code: 'too-many-instances',
  detail: `${whose} has ${most} leases already; give one back first.`,
});

/** Cloud Map takes 1,000 instances of a service, and answers all of them at once to the registry alone. */
export const MOST_OF_A_SERVICE = 100;
export const MOST_OF_AN_OWNER = 50;

export interface Registering extends Pick<RegisteredInstance, 'service' | 'id' | 'host' | 'port'> {
  readonly owner: string;
}

/** Throws Refused when there is no room for one more lease. The index lags by moments, so a few at once may go beyond. */
const requireRoom = (leases: readonly SweptLease[], { service, id, owner }: Registering): void => {
  const others = leases.filter((lease) => lease.service !== service || lease.id !== id);
  const ofService = others.filter((lease) => lease.service === service);
  const ofOwner = others.filter((lease) => lease.owner === owner);
  if (ofService.length >= MOST_OF_A_SERVICE) throw new Refused(tooMany('The service', MOST_OF_A_SERVICE));
  if (ofOwner.length >= MOST_OF_AN_OWNER) throw new Refused(tooMany('The caller', MOST_OF_AN_OWNER));
};

/**
 * Commits the lease of an instance, then enters it. A crash between the two leaves a lease without an entry, which
 * reconciliation enters. Undefined when no such service is entered; throws Refused for a host that may not be called,
 * for the name of an instance that a deployment registered or another machine holds, and for one lease too many.
 */
export const registerInstance = async (
  deps: RegistryDeps,
  registering: Registering,
  allowedHosts: RegExp,
  cause: Cause,
): Promise<{ readonly instance: RegisteredInstance; readonly isNew: boolean } | undefined> => {
  const { owner, ...instance } = registering;
  const { service, id, host, port } = instance;
  if (!allowedHosts.test(host)) throw new Refused(hostNotAllowed);
  const instances = await deps.serviceRegistry.instances(service);
  if (!instances) return undefined;
  refuseDeployed(instances, id);
  requireRoom(await allLeases(deps.table), registering);
  const command = { type: 'RegisterInstance', owner, host, port, atMs: deps.clock.now() } as const;
  const { wasHeld } = await decideLease(deps, { service, id }, command, cause);
  await deps.serviceRegistry.register(instance);
  return { instance: { ...instance, healthy: true, origin: 'lease' }, isNew: !wasHeld };
};
