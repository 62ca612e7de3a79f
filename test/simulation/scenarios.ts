import { crashNamed } from './crashes/crashes.ts';
import { edges } from './scenarios/edges.ts';
import { duplicates, impatient, sharedKey } from './scenarios/keys-and-clocks.ts';
import { tenHours } from './scenarios/long.ts';
import { contended, hotProduct, orders, refused } from './scenarios/orders.ts';
import { outages } from './scenarios/outages.ts';
import { people } from './scenarios/people.ts';
import { registry } from './scenarios/registry.ts';
import { twoReleases } from './scenarios/releases.ts';
import { replay } from './scenarios/replay.ts';
import type { Scenario } from './stage.ts';

export const SCENARIOS: readonly Scenario[] = [
  orders,
  refused,
  hotProduct,
  contended,
  duplicates,
  sharedKey,
  impatient,
  ...people,
  registry,
  replay,
  ...edges,
  ...outages,
  tenHours,
  twoReleases,
];

const cheap = SCENARIOS.filter(({ costly }) => !costly);
const short = SCENARIOS.filter(({ costly }) => costly !== 'very');

/**
 * In which order seeds take them: all once, those of minutes twice, those that are cheap eleven times. A run of ten hours
 * costs as much processor time as 15 cheap ones; 200 seeds meet it once.
 */
export const ROUND: readonly Scenario[] = [SCENARIOS, ...Array(5).fill(cheap), short, ...Array(4).fill(cheap)].flat();

/** One of the above, or a crash at a certain call. */
export const scenarioNamed = (name: string): Scenario | undefined =>
  SCENARIOS.find((each) => each.name === name) ?? crashNamed(name);
