import type { Client } from '../actors.ts';
import { lateCaptures, REFUNDS_FAIL } from '../faults/call-faults.ts';
import type { Scenario, Stage } from '../stage.ts';
import { shop } from './orders.ts';

const MINUTE_MS = 60_000;

/** Orders, and cancels at any moment of an order's way, now and then twice. */
const regret = async (stage: Stage, client: Client, latestMs: number): Promise<void> => {
  const { simulation, between, chance } = stage;
  await simulation.sleep(between(0, 3_000));
  const order = await client.order([{ sku: 'pen', quantity: between(1, 3) }], 'tok_ok');
  if (!order) return;
  await simulation.sleep(between(0, latestMs));
  await client.cancel(order);
  if (chance() < 0.5) await Promise.all([client.cancel(order), client.cancel(order)]);
  await client.look(order);
};

const regretAll = (stage: Stage, latestMs: number) =>
  Promise.all([...stage.customers, ...stage.customers].map((client) => regret(stage, client, latestMs)));

/** Orders, and leaves for good while orders may be open; then tries to order again. */
const leave = async (stage: Stage, client: Client): Promise<void> => {
  const { simulation, between } = stage;
  await Promise.all([shop(stage, client, 'tok_ok', ['pen']), shop(stage, client, 'tok_slow', ['pen'])]);
  const late = client.order([{ sku: 'pen', quantity: 1 }], 'tok_ok');
  await simulation.sleep(between(0, 4_000));
  await client.erase();
  await late;
  await client.order([{ sku: 'pen', quantity: 1 }], 'tok_ok');
  await client.find();
  stage.expect(async () => {
    const { status } = await client.send({ method: 'GET', path: `/users/${client.name}` });
    return [{ subject: `the profile of ${client.name}`, expected: '404', seen: String(status) }];
  });
};

export const people: readonly Scenario[] = [
  {
    name: 'cancels',
    about: 'customers cancel at any moment of an order, one or three times',
    play: async (stage) => {
      await stage.sell('pen', 100);
      await regretAll(stage, 4_000);
    },
  },
  {
    name: 'late-captures',
    about: 'for a minute two of three charges are made and answered when nobody waits for it, while customers cancel',
    play: async (stage) => {
      await stage.sell('pen', 100);
      stage.faults.begin([lateCaptures(2 / 3, stage.chance)]);
      const buying = stage.customers.map((client) => shop(stage, client, 'tok_ok', ['pen']));
      await Promise.all([stage.simulation.sleep(MINUTE_MS), regretAll(stage, 20_000), ...buying]);
      stage.faults.end();
    },
  },
  {
    name: 'refunds-fail',
    about: 'for three to five minutes the payment provider gives no money back, while customers cancel',
    play: async (stage) => {
      await stage.sell('pen', 100);
      stage.faults.begin([REFUNDS_FAIL]);
      const forMs = stage.between(3 * MINUTE_MS, 5 * MINUTE_MS);
      await Promise.all([stage.simulation.sleep(forMs), regretAll(stage, 4_000)]);
      stage.faults.end();
    },
  },
  {
    name: 'erasure',
    about: 'two of three customers are erased while they have open orders',
    play: async (stage) => {
      await stage.sell('pen', 100);
      const [first, ...leaving] = stage.customers;
      await Promise.all([
        ...(first ? [shop(stage, first, 'tok_ok', ['pen'])] : []),
        ...leaving.map((client) => leave(stage, client)),
      ]);
    },
  },
  {
    name: 'skewed-clocks',
    about: 'the clock of each function is up to five minutes ahead or behind',
    disturbance: { skewMs: 5 * MINUTE_MS },
    play: async (stage) => {
      await stage.sell('pen', 100);
      const shopping = ['tok_ok', 'tok_declined', 'tok_slow'].map((token, index) => {
        const client = stage.customers[index];
        return client ? shop(stage, client, token, ['pen']) : undefined;
      });
      await Promise.all([...shopping, regretAll(stage, 4_000)]);
    },
  },
];
