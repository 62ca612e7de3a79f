import { randomInt } from 'node:crypto';
import { orderGoesThrough } from '../order-goes-through.ts';
import { deployOnly, destroyOnly, expectStatus, type Site } from '../site.ts';

/** Those behind the gateway and the provider that they pay with; the API's stage comes after whoever owns a route. */
export const SERVICES = ['users', 'catalog', 'orders', 'payments', 'notifications', 'registry', 'payment-provider'];
const LAST = 'gateway-stage';

export const shuffled = (names: readonly string[]): readonly string[] => {
  const rest = [...names];
  return names.flatMap(() => rest.splice(randomInt(rest.length), 1));
};

/** Platform and gateway stand; the services come one by one, whoever is first, and the system is whole in the end. */
export const deploysInOrder = async (site: Site, order: readonly string[]): Promise<void> => {
  await destroyOnly(site, LAST, ...SERVICES);
  for (const name of order) await deployOnly(site, name);
  await deployOnly(site, LAST);
  await expectStatus(site.system.anonymous, '/health/ready', 200);
  await orderGoesThrough(site.system);
};
