import { contended, hotProduct, orders, refused } from './scenarios/orders.ts';
import { outages } from './scenarios/outages.ts';
import type { Scenario } from './stage.ts';

export const SCENARIOS: readonly Scenario[] = [orders, refused, hotProduct, contended, ...outages];
