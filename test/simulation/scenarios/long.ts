import { callFaults, contention, lateCaptures, REFUNDS_FAIL } from '../faults/call-faults.ts';
import { partialBatches } from '../faults/partial-batches.ts';
import { type Fault, providerAway } from '../faults.ts';
import type { Scenario, Stage } from '../stage.ts';
import { shop } from './orders.ts';

const MINUTE_MS = 60_000;
const HOURS_MS = 10 * 60 * MINUTE_MS;

const someFaults = ({ chance, oneOf }: Stage): readonly Fault[] =>
  oneOf([
    [],
    [providerAway('minutes')],
    [REFUNDS_FAIL],
    [lateCaptures(0.5, chance)],
    [contention(0.5, chance)],
    callFaults(1 / 40, chance),
    partialBatches(0.5, chance),
  ]);

/** A few minutes with a fault, or with none, and some orders. */
const spell = async (stage: Stage): Promise<void> => {
  const { simulation, between, oneOf, customers, faults } = stage;
  faults.begin(someFaults(stage));
  const tokens = ['tok_ok', 'tok_ok', 'tok_declined', 'tok_lost_reply'];
  const shopping = Array.from({ length: between(1, 4) }, () =>
    shop(stage, oneOf(customers), oneOf(tokens), ['pen', 'lamp']),
  );
  await Promise.all([simulation.sleep(between(1, 8) * MINUTE_MS), ...shopping]);
  faults.end();
  await simulation.sleep(between(5, 60) * MINUTE_MS);
};

export const tenHours: Scenario = {
  name: 'ten-hours',
  about: 'ten hours of orders now and then, with faults now and then',
  costly: 'very',
  play: async (stage) => {
    const { clock } = stage.simulation.world;
    const untilMs = clock.now() + HOURS_MS;
    await stage.sell('pen', 1_000);
    await stage.sell('lamp', 5);
    while (clock.now() < untilMs) await spell(stage);
    for (const client of stage.customers) await client.find();
  },
};
