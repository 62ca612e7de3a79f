import { join } from 'node:path';
import { orderEnding, place, registered, stocked } from '../../e2e/people.ts';
import { compatibleChange } from '../changes.ts';
import { lastLines } from '../problem.ts';
import { deployFrom, expectStatus, type Site } from '../site.ts';
import { copySources, editSources } from '../source-copy.ts';
import { startTraffic } from '../traffic.ts';

const ENOUGH_REQUESTS = 10;

/** A service's new version, with a new event field and a new route, takes over while requests keep coming. */
export const updatesAlone = async (site: Site): Promise<string> => {
  const { system } = site;
  const sources = join(site.folder, 'catalog-with-availability');
  await copySources(site.root, sources);
  await editSources(sources, compatibleChange);
  const sku = await stocked(system, 3);
  await expectStatus(system.anonymous, `/products/${sku}/availability`, 404);

  const traffic = await startTraffic(system);
  const { code, output } = await deployFrom(site, sources, 'catalog');
  const { requests, failures } = await traffic.stop();
  if (code !== 0) throw new Error(`the deploy failed:\n${lastLines(output)}`);
  if (failures.length > 0) throw new Error(`${failures.length} of ${requests} requests failed: ${failures[0]}`);
  if (requests < ENOUGH_REQUESTS) throw new Error(`only ${requests} requests were made while it was deployed`);

  await expectStatus(system.anonymous, `/products/${sku}/availability`, 200);
  await expectFieldPassed(site, sku);
  return `${requests} requests, none failed`;
};

/** The orders service, which was not deployed, goes on with an event that has a field it does not know. */
const expectFieldPassed = async ({ system }: Site, sku: string): Promise<void> => {
  const { client } = await registered(system);
  const { id } = (await place(client, sku)).body;
  const { status } = await orderEnding(client, id);
  if (status !== 'CONFIRMED') throw new Error(`an order over the new event ends as ${status}`);
};
