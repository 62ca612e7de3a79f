import { callFaults, PROVIDER_AWAY, queueGone } from '../faults.ts';
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

const providerAway = (name: string, about: string, leastMs: number, mostMs: number): Scenario => ({
  name,
  about,
  ...(leastMs >= HOUR_MS && { long: true }),
  play: async (stage) => {
    await stage.sell('pen', 100);
    stage.faults.begin([PROVIDER_AWAY]);
    const awayMs = stage.between(leastMs, mostMs);
    await Promise.all([stage.simulation.sleep(awayMs), orderMeanwhile(stage)]);
    stage.faults.end();
  },
});

/** Those that a saga needs on its way forward and back. */
const QUEUES = [
  'catalog-reserve-stock',
  'catalog-release-stock',
  'payments-capture-payment',
  'payments-refund-payment',
];

export const outages: readonly Scenario[] = [
  providerAway('provider-restart', 'the payment provider is away for 9 to 20 seconds', 9 * SECOND_MS, 20 * SECOND_MS),
  providerAway('provider-away', 'the payment provider is away for 17 to 19 minutes', 17 * MINUTE_MS, 19 * MINUTE_MS),
  providerAway('provider-away-hours', 'the payment provider is away for 3 hours', 3 * HOUR_MS, 3 * HOUR_MS),
  {
    name: 'queue-gone',
    about: 'the queue of a service is gone for two to four minutes, as while that service is deployed again',
    play: async (stage) => {
      await stage.sell('pen', 100);
      stage.faults.begin([queueGone(stage.oneOf(QUEUES))]);
      const goneMs = stage.between(2 * MINUTE_MS, 4 * MINUTE_MS);
      await Promise.all([stage.simulation.sleep(goneMs), orderMeanwhile(stage)]);
      stage.faults.end();
    },
  },
  {
    name: 'call-faults',
    about: 'for a minute one call in a hundred kills its function, loses its reply, is refused or throttled',
    play: async (stage) => {
      await stage.sell('pen', 100);
      stage.faults.begin(callFaults(0.01, stage.chance));
      await Promise.all([stage.simulation.sleep(MINUTE_MS), orderMeanwhile(stage), orderMeanwhile(stage)]);
      stage.faults.end();
      for (const client of stage.customers) await client.find();
    },
  },
];
