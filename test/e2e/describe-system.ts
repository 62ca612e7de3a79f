import { describe } from '@jest/globals';
import { catalogCases } from './cases/catalog.ts';
import { edgeCases } from './cases/edge.ts';
import { ordersCases } from './cases/orders.ts';
import { registryCases } from './cases/registry.ts';
import { rushCases } from './cases/rush.ts';
import { usersCases } from './cases/users.ts';
import type { System } from './system.ts';

/** Every case that any system must pass, whether it runs on a laptop or is deployed. */
export const describeSystem = (system: () => System): void => {
  describe('the edge', () => edgeCases(system));
  describe('users', () => usersCases(system));
  describe('catalog', () => catalogCases(system));
  describe('orders', () => ordersCases(system));
  describe('registry', () => registryCases(system));
  describe('a rush', () => rushCases(system));
};
