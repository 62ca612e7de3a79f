import { unique } from '../../e2e/people.ts';
import { orderGoesThrough } from '../order-goes-through.ts';
import { destroyOnly, expectStatus, type Site } from '../site.ts';

/** Without a service that nobody depends on, its routes are not there and everything else goes on. */
export const destroysLeaf = async (site: Site): Promise<void> => {
  const { system } = site;
  const client = await system.as({ sub: unique('user') });
  const path = '/notifications?orderId=some';
  await expectStatus(client, path, 200);
  await destroyOnly(site, 'notifications');
  await expectStatus(client, path, 404);
  await orderGoesThrough(system);
  const ready = await system.anonymous('GET', '/health/ready');
  if (ready.status !== 503 || !ready.text.includes('notifications')) {
    throw new Error(`/health/ready does not miss notifications: ${ready.status} ${ready.text}`);
  }
};
