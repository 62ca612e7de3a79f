import type { Scenario } from '../stage.ts';
import { shop } from './orders.ts';

const TOKENS = ['tok_ok', 'tok_ok', 'tok_declined', 'tok_lost_reply'];

export const twoReleases: Scenario = {
  name: 'two-releases',
  about: 'the environments of each function run two releases side by side, and each reads what the other writes',
  twoReleases: true,
  // Environments are started more often, so that both releases meet.
  disturbance: { coldStarts: 0.2 },
  play: async (stage) => {
    await stage.sell('pen', 50);
    await stage.sell('lamp', 2);
    const buyers = [...stage.customers, ...stage.customers, ...stage.customers];
    await Promise.all(buyers.map((client) => shop(stage, client, stage.oneOf(TOKENS), ['pen', 'pen', 'lamp'])));
    for (const client of stage.customers) await client.find();
  },
};
