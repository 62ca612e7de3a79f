import { unique } from '../../e2e/people.ts';
import { eventually } from '../../support/eventually.ts';
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
  // Readiness is answered from memory for 5 s.
  await eventually(
    '/health/ready misses notifications',
    async () => {
      const { status, text } = await system.anonymous('GET', '/health/ready');
      return status === 503 && text.includes('notifications');
    },
    10_000,
  );
};
