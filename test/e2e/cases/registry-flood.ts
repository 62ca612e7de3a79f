import { expect, it } from '@jest/globals';
import type { Client } from '../client.ts';
import { orderEnding, place, registered, stocked } from '../people.ts';
import type { System } from '../system.ts';

const body = { host: 'crowd.svc.internal', port: 80 };
const pathOf = (index: number): string => `/registry/services/catalog/instances/crowd-${index}`;

/** Sent again while it came too fast, or while the system cannot say: a registration may be repeated. */
const answerTo = async (client: Client, index: number): Promise<number> => {
  for (;;) {
    const { status } = await client('PUT', pathOf(index), { body });
    if (status !== 429 && status < 500) return status;
  }
};

/** What was answered to so many registrations, one after another. */
const register = async (client: Client, count: number): Promise<readonly number[]> => {
  const answered: number[] = [];
  for (let index = 0; index < count; index += 1) answered.push(await answerTo(client, index));
  return answered;
};

const ordersGoThrough = async (system: System): Promise<void> => {
  const { client } = await registered(system);
  const sku = await stocked(system, 10);
  for (let order = 0; order < 5; order += 1) {
    const placed = await place(client, sku);
    expect(placed.status).toBe(202);
    expect(await orderEnding(client, placed.body.id)).toMatchObject({ status: 'CONFIRMED' });
  }
  expect((await system.anonymous('GET', '/health/ready')).status).toBe(200);
};

const FLOOD = 900;
const LONGEST_MS = 90_000;
const MOST_OF_AN_OWNER = 50;

/** Only where a request is turned away quickly. */
export const registryFloodCases = (system: () => System): void => {
  it(
    'of a customer registers nothing, and changes nothing for the orders of anyone',
    async () => {
      const { client } = await registered(system());
      expect(new Set(await register(client, FLOOD))).toEqual(new Set([403]));
      const machine = await system().machine('observer');
      expect((await machine('GET', '/registry/services')).text).not.toContain('crowd');
      await ordersGoThrough(system());
    },
    LONGEST_MS,
  );

  it(
    'of a machine ends at its share of leases, and changes nothing for the orders of anyone',
    async () => {
      const machine = await system().machine('crowd');
      const answered = await register(machine, MOST_OF_AN_OWNER + 20);
      expect(answered.filter((status) => status < 300)).toHaveLength(MOST_OF_AN_OWNER);
      expect(new Set(answered.slice(MOST_OF_AN_OWNER))).toEqual(new Set([409]));
      await ordersGoThrough(system());
      for (let index = 0; index < MOST_OF_AN_OWNER; index += 1) await machine('DELETE', pathOf(index));
    },
    LONGEST_MS,
  );
};
