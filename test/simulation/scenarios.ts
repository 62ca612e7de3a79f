import { crashNamed } from './crashes/crashes.ts';
import { contended, hotProduct, orders, refused } from './scenarios/orders.ts';
import { outages } from './scenarios/outages.ts';
import type { Scenario } from './stage.ts';

export const SCENARIOS: readonly Scenario[] = [orders, refused, hotProduct, contended, ...outages];

/** One of the above, or a crash at a certain call. */
export const scenarioNamed = (name: string): Scenario | undefined =>
  SCENARIOS.find((each) => each.name === name) ?? crashNamed(name);
