import { providerAway } from '../faults.ts';
import type { Scenario } from '../stage.ts';
import { shop } from './orders.ts';

const ONE_PEN = [{ sku: 'pen', quantity: 1 }];

/** At once: two copies of one message are worked on side by side. */
export const duplicates: Scenario = {
  name: 'duplicates',
  about: 'every second message, event and batch comes twice',
  disturbance: { repeats: 0.5 },
  costly: 'rather',
  play: async (stage) => {
    await stage.sell('pen', 20);
    await Promise.all([
      ...stage.customers.map((client) => shop(stage, client, 'tok_ok', ['pen'])),
      ...stage.customers.map((client) => shop(stage, client, 'tok_declined', ['pen'])),
    ]);
  },
};

export const sharedKey: Scenario = {
  name: 'shared-key',
  about: 'two customers send the same order under the same key, as keys that count from one do',
  play: async (stage) => {
    await stage.sell('pen', 10);
    const body = { items: ONE_PEN, paymentToken: 'tok_ok' };
    const buyers = stage.customers.slice(0, 2);
    const answers = await Promise.all(
      buyers.map(async ({ insist }) => {
        await stage.simulation.sleep(stage.between(0, 2_000));
        return insist({ method: 'POST', path: '/orders', body, key: 'order-1' });
      }),
    );
    stage.expect(async () =>
      answers.map(({ status }, index) => ({
        subject: `the order of ${buyers[index]?.name}`,
        expected: '202',
        seen: String(status),
      })),
    );
    await stage.simulation.sleep(10_000);
    for (const buyer of buyers) await buyer.find();
  },
};

/** Twice the wait for the second reminder, which finds the order out of patience. */
const AWAY_MS = 6 * 60_000;

export const impatient: Scenario = {
  name: 'impatient',
  about: 'the payment provider is away for longer than an order waits, so that orders are given up meanwhile',
  variables: { PATIENCE_SECONDS: '100' },
  endsPatience: true,
  play: async (stage) => {
    await stage.sell('pen', 10);
    stage.faults.begin([providerAway('minutes')]);
    const [ada, ben] = stage.customers;
    const orders = await Promise.all([ada?.order(ONE_PEN, 'tok_ok'), ben?.order(ONE_PEN, 'tok_ok')]);
    await stage.simulation.sleep(AWAY_MS);
    await ada?.find();
    for (const order of orders) {
      if (!order) continue;
      await stage.customers.find(({ name }) => name === order.owner)?.look(order);
      const seen = order.sightings.at(-1)?.status ?? 'unknown';
      stage.expect(async () => [{ subject: order.id, expected: 'CANCELLING', seen }]);
    }
    stage.faults.end();
  },
};
