import { callFaults } from '../faults/call-faults.ts';
import { partialBatches } from '../faults/partial-batches.ts';
import type { Fault } from '../faults.ts';
import { providerAway } from '../faults.ts';
import { deleteQueues } from '../queue-desk.ts';
import type { Scenario, Stage } from '../stage.ts';
import { shop } from './orders.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** An order for each customer while something is away, and one of a declined card. */
const orderMeanwhile = async (stage: Stage): Promise<void> => {
  const [first, ...others] = stage.customers;
  await Promise.all([
    ...(first ? [shop(stage, first, 'tok_declined', ['pen'])] : []),
    ...others.map((client) => client.order([{ sku: 'pen', quantity: 1 }], 'tok_ok')),
  ]);
};

/** One order alone asks the provider a thousand times in three hours. */
const orderOnce = async ({ customers: [first] }: Stage): Promise<void> => {
  await first?.order([{ sku: 'pen', quantity: 1 }], 'tok_ok');
};

const away = (name: string, length: 'seconds' | 'minutes' | 'hours', leastMs: number, mostMs: number): Scenario => ({
  name,
  about: `the payment provider is away for ${length}`,
  ...(length !== 'seconds' && { costly: length === 'hours' ? 'very' : 'rather' }),
  play: async (stage) => {
    await stage.sell('pen', 100);
    stage.faults.begin([providerAway(length)]);
    const awayMs = stage.between(leastMs, mostMs);
    await Promise.all([stage.simulation.sleep(awayMs), length === 'hours' ? orderOnce(stage) : orderMeanwhile(stage)]);
    stage.faults.end();
  },
});

/** Those that a saga needs on its way forward and back, by the service that has them. */
const QUEUES = [
  ['catalog-reserve-stock', 'catalog-release-stock'],
  ['payments-capture-payment', 'payments-refund-payment'],
];

const orderUnder = async (stage: Stage, faults: readonly Fault[], forMs: number): Promise<void> => {
  await stage.sell('pen', 100);
  stage.faults.begin(faults);
  await Promise.all([stage.simulation.sleep(forMs), orderMeanwhile(stage), orderMeanwhile(stage)]);
  stage.faults.end();
  for (const client of stage.customers) await client.find();
};

export const outages: readonly Scenario[] = [
  away('provider-restart', 'seconds', 9 * SECOND_MS, 20 * SECOND_MS),
  away('provider-away', 'minutes', 17 * MINUTE_MS, 19 * MINUTE_MS),
  away('provider-away-hours', 'hours', 3 * HOUR_MS, 3 * HOUR_MS),
  {
    name: 'service-undeployed',
    about: 'the queues of a service, and what lies in them, are deleted, and made again after two to four minutes',
    play: async (stage) => {
      await stage.sell('pen', 100);
      const early = orderMeanwhile(stage);
      await stage.simulation.sleep(stage.between(0, 4_000));
      const makeAgain = await deleteQueues(stage, stage.oneOf(QUEUES));
      const goneMs = stage.between(2 * MINUTE_MS, 4 * MINUTE_MS);
      await Promise.all([stage.simulation.sleep(goneMs), early, orderMeanwhile(stage)]);
      await makeAgain();
    },
  },
  {
    name: 'call-faults',
    about:
      'for a minute one call in six kills its function, loses its reply, is late, refused, throttled or not answered',
    play: (stage) => orderUnder(stage, callFaults(1 / 6, stage.chance), MINUTE_MS),
  },
  {
    name: 'partial-batches',
    about: 'for a minute, of every second batch of events or messages a part fails',
    play: (stage) => orderUnder(stage, partialBatches(0.5, stage.chance), MINUTE_MS),
  },
];
