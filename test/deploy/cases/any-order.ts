import { randomInt } from 'node:crypto';
import { readTemplates } from '../../support/templates.ts';
import { PREFIX } from '../deployment.ts';
import { orderGoesThrough } from '../order-goes-through.ts';
import { deployOnly, destroyOnly, expectStatus, type Site } from '../site.ts';

/** What services stand on comes first; the API's stage comes after whoever owns a route. */
const FIRST = ['platform', 'gateway'];
const LAST = 'gateway-stage';

/** The stacks of an assembly that may come in any order: a service each. */
export const servicesIn = async (assembly: string): Promise<readonly string[]> =>
  [...(await readTemplates(assembly)).keys()]
    .map((stack) => stack.slice(`${PREFIX}-`.length))
    .filter((name) => ![...FIRST, LAST].includes(name));

export const shuffled = (names: readonly string[]): readonly string[] => {
  const rest = [...names];
  return names.flatMap(() => rest.splice(randomInt(rest.length), 1));
};

/** Platform and gateway stand; the services come one by one, whoever is first, and the system is whole in the end. */
export const deploysInOrder = async (site: Site, order: readonly string[]): Promise<void> => {
  await destroyOnly(site, LAST, ...order);
  for (const name of order) await deployOnly(site, name);
  await deployOnly(site, LAST);
  await expectStatus(site.system.anonymous, '/health/ready', 200);
  await orderGoesThrough(site.system);
};
